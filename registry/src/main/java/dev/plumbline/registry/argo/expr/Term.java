package dev.plumbline.registry.argo.expr;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression as a tree. */
sealed interface Term {

    /**
     * Text, a number, true, false or nil.
     *
     * @param value Java's value of it
     */
    record Literal(@Nullable Object value) implements Term {}

    /**
     * A variable.
     *
     * @param name its name
     */
    record Name(String name) implements Term {}

    /**
     * A member or element of something.
     *
     * @param of what it is in
     * @param key its name or position
     * @param optional whether nothing has members that are nothing, as {@code ?.} says
     */
    record Member(Term of, Term key, boolean optional) implements Term {}

    /**
     * A part of a list or text.
     *
     * @param of what it is a part of
     * @param from its first position; null for the beginning
     * @param to the position behind its last; null for the end
     */
    record Slice(Term of, @Nullable Term from, @Nullable Term to) implements Term {}

    /**
     * An operator before its term.
     *
     * @param operator {@code !}, {@code -} or {@code +}
     * @param term the term
     */
    record Unary(String operator, Term term) implements Term {}

    /**
     * An operator between two terms.
     *
     * @param operator as written, except that {@code and}, {@code or} and {@code ^} are {@code &&}, {@code ||} and {@code **}
     * @param left left side
     * @param right right side
     */
    record Binary(String operator, Term left, Term right) implements Term {}

    /**
     * {@code condition ? then : otherwise}.
     *
     * @param condition decides
     * @param then the value when it holds
     * @param otherwise the value when it does not
     */
    record Choice(Term condition, Term then, Term otherwise) implements Term {}

    /**
     * A list.
     *
     * @param terms its elements
     */
    record Items(List<Term> terms) implements Term {}

    /**
     * A map.
     *
     * @param entries its entries, in written order
     */
    record Entries(List<Map.Entry<Term, Term>> entries) implements Term {}

    /**
     * A call of a function.
     *
     * @param function its name, such as {@code len} or {@code sprig.trim}
     * @param arguments what it is given
     */
    record Call(String function, List<Term> arguments) implements Term {}

    /**
     * Inside a function of elements: {@code #}, {@code #index} or {@code #acc}.
     *
     * @param which {@code index}, {@code acc}, or empty for the element
     */
    record Element(String which) implements Term {}

    /**
     * A named value.
     *
     * @param name its name
     * @param value the value
     * @param body where the name is known
     */
    record Let(String name, Term value, Term body) implements Term {}
}
