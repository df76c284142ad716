package dev.plumbline.registry.cel;

import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address with a prefix length.
 *
 * @param address its address, host bits kept
 * @param bits prefix length
 */
record Cidr(IpAddress address, int bits) {

    private static final int BYTE = 8;

    static void addTo(FunctionTable table) {
        table.global("string_to_cidr", "cidr", Types.CIDR_TYPE, Types.STRING, Cidr::of);
        table.global("is_cidr", "isCIDR", SimpleType.BOOL, Types.STRING, text -> parse(text) != null);
        table.global("cidr_to_string", "string", SimpleType.STRING, Types.CIDR, Cidr::toString);
        table.member(
                "cidr_contains_ip_string",
                "containsIP",
                SimpleType.BOOL,
                Types.CIDR,
                Types.STRING,
                (c, ip) -> c.contains(IpAddress.of(ip)));
        table.member("cidr_contains_ip_ip", "containsIP", SimpleType.BOOL, Types.CIDR, Types.IP, Cidr::contains);
        table.member(
                "cidr_contains_cidr_string",
                "containsCIDR",
                SimpleType.BOOL,
                Types.CIDR,
                Types.STRING,
                (c, other) -> c.contains(of(other)));
        table.member("cidr_contains_cidr", "containsCIDR", SimpleType.BOOL, Types.CIDR, Types.CIDR, Cidr::contains);
        table.member("cidr_ip", "ip", Types.IP_TYPE, Types.CIDR, Cidr::address);
        table.member("cidr_prefix_length", "prefixLength", SimpleType.INT, Types.CIDR, c -> (long) c.bits);
        table.member(
                "cidr_masked", "masked", Types.CIDR_TYPE, Types.CIDR, c -> new Cidr(masked(c.address, c.bits), c.bits));
    }

    private static Cidr of(String text) throws CelEvaluationException {
        Cidr cidr = parse(text);
        if (cidr == null) {
            throw new CelEvaluationException(
                    "network address parse error during conversion from string: \"" + text + "\"");
        }
        return cidr;
    }

    private static @Nullable Cidr parse(String text) {
        int slash = text.lastIndexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return null;
        }
        IpAddress address = IpAddress.parse(text.substring(0, slash));
        int bits = Integer.parseInt(text.substring(slash + 1));
        return address == null || bits > address.bytes().size() * BYTE ? null : new Cidr(address, bits);
    }

    private boolean contains(IpAddress ip) {
        return ip.isV4() == address.isV4() && masked(ip, bits).equals(masked(address, bits));
    }

    private boolean contains(Cidr other) {
        return bits <= other.bits && contains(other.address);
    }

    private static IpAddress masked(IpAddress address, int bits) {
        List<Integer> bytes = new ArrayList<>();
        for (int i = 0; i < address.bytes().size(); i++) {
            int kept = Math.clamp(bits - (long) i * BYTE, 0, BYTE);
            bytes.add(address.bytes().get(i) & ((0xff00 >> kept) & 0xff));
        }
        return new IpAddress(bytes);
    }

    @Override
    public String toString() {
        return address + "/" + bits;
    }
}
