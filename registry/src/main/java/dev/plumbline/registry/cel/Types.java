package dev.plumbline.registry.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.plumbline.registry.cel.FunctionTable.Arg;
import java.util.List;

/** Types of the Kubernetes libraries, and the parameters that functions take. */
final class Types {

    static final CelType QUANTITY_TYPE = OpaqueType.create("kubernetes.Quantity");
    static final CelType URL_TYPE = OpaqueType.create("kubernetes.URL");
    static final CelType IP_TYPE = OpaqueType.create("net.IP");
    static final CelType CIDR_TYPE = OpaqueType.create("net.CIDR");
    static final CelType SEMVER_TYPE = OpaqueType.create("kubernetes.Semver");
    static final CelType FORMAT_TYPE = OpaqueType.create("kubernetes.NamedFormat");
    static final CelType ELEMENT = TypeParamType.create("T");
    static final CelType STRINGS = ListType.create(SimpleType.STRING);

    static final Arg<String> STRING = new Arg<>(SimpleType.STRING, String.class);
    static final Arg<Long> INT = new Arg<>(SimpleType.INT, Long.class);
    static final Arg<Boolean> BOOL = new Arg<>(SimpleType.BOOL, Boolean.class);
    static final Arg<Quantity> QUANTITY = new Arg<>(QUANTITY_TYPE, Quantity.class);
    static final Arg<Url> URL = new Arg<>(URL_TYPE, Url.class);
    static final Arg<IpAddress> IP = new Arg<>(IP_TYPE, IpAddress.class);
    static final Arg<Cidr> CIDR = new Arg<>(CIDR_TYPE, Cidr.class);
    static final Arg<Semver> SEMVER = new Arg<>(SEMVER_TYPE, Semver.class);
    static final Arg<NamedFormat> FORMAT = new Arg<>(FORMAT_TYPE, NamedFormat.class);

    @SuppressWarnings("rawtypes")
    static final Arg<List> LIST = new Arg<>(ListType.create(ELEMENT), List.class);

    @SuppressWarnings("rawtypes")
    static final Arg<List> DYN_LIST = new Arg<>(ListType.create(SimpleType.DYN), List.class);

    @SuppressWarnings("rawtypes")
    static final Arg<List> STRING_LIST = new Arg<>(STRINGS, List.class);

    static final Arg<Object> ANY_ELEMENT = new Arg<>(ELEMENT, Object.class);

    private Types() {}
}
