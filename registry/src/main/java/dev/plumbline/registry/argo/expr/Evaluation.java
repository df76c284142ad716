package dev.plumbline.registry.argo.expr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The value of terms with certain variables. */
final class Evaluation {

    private final Formula.Variables variables;
    private final Map<String, @Nullable Object> locals;
    private final @Nullable Frame frame;

    /**
     * Where a function of elements stands.
     *
     * @param element the element at hand
     * @param index its position
     * @param sum what was gathered so far
     */
    private record Frame(
            @Nullable Object element, long index, @Nullable Object sum) {}

    Evaluation(Formula.Variables variables) {
        this(variables, Map.of(), null);
    }

    private Evaluation(Formula.Variables variables, Map<String, @Nullable Object> locals, @Nullable Frame frame) {
        this.variables = variables;
        this.locals = locals;
        this.frame = frame;
    }

    /** The value of a term for one element. */
    @Nullable
    Object at(Term term, @Nullable Object element, long index, @Nullable Object sum) throws ExpressionException {
        return new Evaluation(variables, locals, new Frame(element, index, sum)).of(term);
    }

    @Nullable
    Object of(Term term) throws ExpressionException {
        return switch (term) {
            case Term.Literal(Object value) -> value;
            case Term.Name name -> name(name);
            case Term.Member member -> member(member);
            case Term.Slice slice -> Operators.slice(of(slice.of()), number(slice.from()), number(slice.to()));
            case Term.Unary(String operator, Term inner) -> Operators.unary(operator, of(inner));
            case Term.Binary binary -> binary(binary);
            case Term.Choice(Term condition, Term then, Term otherwise) -> of(holds(condition) ? then : otherwise);
            case Term.Items(List<Term> terms) -> all(terms);
            case Term.Entries(List<Map.Entry<Term, Term>> entries) -> map(entries);
            case Term.Call call -> call(call);
            case Term.Element(String which) -> element(which);
            case Term.Let(String name, Term value, Term body) -> {
                Map<String, @Nullable Object> more = new LinkedHashMap<>(locals);
                more.put(name, of(value));
                yield new Evaluation(variables, more, frame).of(body);
            }
        };
    }

    List<@Nullable Object> all(List<Term> terms) throws ExpressionException {
        List<@Nullable Object> values = new ArrayList<>();
        for (Term one : terms) {
            values.add(of(one));
        }
        return values;
    }

    private @Nullable Object call(Term.Call call) throws ExpressionException {
        return ElementFunctions.NAMES.contains(call.function())
                ? new ElementFunctions(this, call).value()
                : Functions.call(call.function(), all(call.arguments()));
    }

    private Map<String, @Nullable Object> map(List<Map.Entry<Term, Term>> entries) throws ExpressionException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (Map.Entry<Term, Term> entry : entries) {
            map.put(GoValues.shown(of(entry.getKey())), of(entry.getValue()));
        }
        return map;
    }

    private @Nullable Long number(@Nullable Term term) throws ExpressionException {
        return term == null ? null : Operators.whole(of(term), "a position");
    }

    private @Nullable Object element(String which) throws ExpressionException {
        Frame here = frame;
        if (here == null) {
            throw new ExpressionException("'#" + which + "' stands outside a function of elements such as filter");
        }
        return switch (which) {
            case "" -> here.element();
            case "index" -> here.index();
            case "acc" -> here.sum();
            default -> throw new ExpressionException("unknown pointer #" + which);
        };
    }

    private @Nullable Object name(Term.Name name) throws ExpressionException {
        if (locals.containsKey(name.name())) {
            return locals.get(name.name());
        }
        if (!variables.known(name.name()) && !variables.begins(name.name())) {
            throw new ExpressionException("unknown name " + name.name());
        }
        return variables.get(name.name());
    }

    private @Nullable Object member(Term.Member member) throws ExpressionException {
        String path = path(member);
        if (path != null) {
            return variable(member, path);
        }
        Object of = of(member.of());
        Object key = of(member.key());
        if (of == null && (member.optional() || mayBeNothing(member.of()))) {
            return null;
        }
        return Operators.member(of, key);
    }

    /** The value of a name with dots: its own, or nothing where only something above it is known. */
    private @Nullable Object variable(Term.Member member, String path) throws ExpressionException {
        if (variables.known(path)) {
            return variables.get(path);
        }
        String root = path.substring(0, path.indexOf('.'));
        if (!variables.begins(root) && !variables.known(root)) {
            throw new ExpressionException("unknown name " + root);
        }
        String above = path.substring(
                0,
                path.length()
                        - GoValues.shown(((Term.Literal) member.key()).value()).length()
                        - 1);
        boolean nothingAbove = !above.isEmpty() && !variables.begins(above) && !variables.known(above);
        if (nothingAbove && !member.optional() && !mayBeNothing(member.of())) {
            throw new ExpressionException("cannot fetch " + path.substring(above.length() + 1) + " from <nil>");
        }
        return null;
    }

    private static boolean mayBeNothing(Term term) {
        return term instanceof Term.Member member && (member.optional() || mayBeNothing(member.of()));
    }

    /** The name with dots that a member is, where it is written out from a variable on; null otherwise. */
    private @Nullable String path(Term term) {
        return switch (term) {
            case Term.Name(String name) -> locals.containsKey(name) ? null : name;
            case Term.Member(Term of, Term.Literal(String key), boolean _) -> {
                String before = path(of);
                yield before == null ? null : before + "." + key;
            }
            default -> null;
        };
    }

    private @Nullable Object binary(Term.Binary binary) throws ExpressionException {
        return switch (binary.operator()) {
            case "&&" -> holds(binary.left()) && holds(binary.right());
            case "||" -> holds(binary.left()) || holds(binary.right());
            case "??" -> {
                Object left = of(binary.left());
                yield left == null ? of(binary.right()) : left;
            }
            default -> Operators.binary(binary.operator(), of(binary.left()), of(binary.right()));
        };
    }

    private boolean holds(Term term) throws ExpressionException {
        Object value = of(term);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new ExpressionException("expected a bool, got " + GoValues.type(value));
    }
}
