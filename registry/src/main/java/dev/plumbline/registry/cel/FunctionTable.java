package dev.plumbline.registry.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions, each declared and bound in one row. */
final class FunctionTable {

    private final Map<String, List<CelOverloadDecl>> declared = new LinkedHashMap<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();

    /** {@code name(a)}. */
    <A> void global(String id, String name, CelType result, Arg<A> a, CelFunctionOverload.Unary<A> body) {
        declare(name, CelOverloadDecl.newGlobalOverload(id, result, a.type()));
        bindings.add(CelFunctionBinding.from(id, a.java(), body));
    }

    /** {@code name(a, b)}. */
    <A, B> void global(
            String id, String name, CelType result, Arg<A> a, Arg<B> b, CelFunctionOverload.Binary<A, B> body) {
        declare(name, CelOverloadDecl.newGlobalOverload(id, result, a.type(), b.type()));
        bindings.add(CelFunctionBinding.from(id, a.java(), b.java(), body));
    }

    /** {@code name()}. The value is immutable, which its type does not say. */
    @SuppressWarnings("Immutable")
    void constant(String id, String name, CelType result, Object value) {
        declare(name, CelOverloadDecl.newGlobalOverload(id, result));
        bindings.add(CelFunctionBinding.from(id, List.of(), arguments -> value));
    }

    /** {@code self.name()}. */
    <S> void member(String id, String name, CelType result, Arg<S> self, CelFunctionOverload.Unary<S> body) {
        declare(name, CelOverloadDecl.newMemberOverload(id, result, self.type()));
        bindings.add(CelFunctionBinding.from(id, self.java(), body));
    }

    /** {@code self.name(a)}. */
    <S, A> void member(
            String id, String name, CelType result, Arg<S> self, Arg<A> a, CelFunctionOverload.Binary<S, A> body) {
        declare(name, CelOverloadDecl.newMemberOverload(id, result, self.type(), a.type()));
        bindings.add(CelFunctionBinding.from(id, self.java(), a.java(), body));
    }

    /** {@code self.name(a, b, …)}. */
    void member(String id, String name, CelType result, Arg<?> self, List<Arg<?>> more, CelFunctionOverload body) {
        List<CelType> types = new ArrayList<>(List.of(self.type()));
        List<Class<?>> classes = new ArrayList<>(List.of(self.java()));
        more.forEach(arg -> {
            types.add(arg.type());
            classes.add(arg.java());
        });
        declare(name, CelOverloadDecl.newMemberOverload(id, result, types));
        bindings.add(CelFunctionBinding.from(id, classes, body));
    }

    /** Another body for a function that the language already declares. */
    void rebind(CelFunctionBinding binding) {
        bindings.add(binding);
    }

    List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> all = new ArrayList<>();
        declared.forEach((name, overloads) -> all.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        return all;
    }

    List<CelFunctionBinding> bindings() {
        return bindings;
    }

    private void declare(String name, CelOverloadDecl overload) {
        declared.computeIfAbsent(name, key -> new ArrayList<>()).add(overload);
    }

    /**
     * A parameter.
     *
     * @param type its type in CEL
     * @param java the class of its values
     */
    record Arg<T>(CelType type, Class<T> java) {}
}
