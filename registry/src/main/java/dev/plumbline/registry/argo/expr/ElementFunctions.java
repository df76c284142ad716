package dev.plumbline.registry.argo.expr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions that look at one element of a list after the other. */
final class ElementFunctions {

    static final Set<String> NAMES = Set.of(
            "all",
            "none",
            "any",
            "one",
            "filter",
            "map",
            "count",
            "sum",
            "find",
            "findIndex",
            "findLast",
            "findLastIndex",
            "groupBy",
            "sortBy",
            "reduce");

    private final Evaluation around;
    private final String function;
    private final List<?> list;
    private final @Nullable Term body;
    private final List<Term> rest;

    ElementFunctions(Evaluation around, Term.Call call) throws ExpressionException {
        this.around = around;
        this.function = call.function();
        Object first =
                call.arguments().isEmpty() ? null : around.of(call.arguments().getFirst());
        if (!(first instanceof List<?> found)) {
            throw new ExpressionException(function + " takes a list, not " + GoValues.type(first));
        }
        this.list = found;
        this.body = call.arguments().size() > 1 ? call.arguments().get(1) : null;
        this.rest = call.arguments().size() > 2
                ? call.arguments().subList(2, call.arguments().size())
                : List.of();
        if (body == null && !Set.of("count", "sum", "all", "any", "none", "one").contains(function)) {
            throw new ExpressionException(function + " takes a list and what to do with its elements");
        }
    }

    @Nullable
    Object value() throws ExpressionException {
        return switch (function) {
            case "all" -> count() == list.size();
            case "none" -> count() == 0;
            case "any" -> count() > 0;
            case "one" -> count() == 1;
            case "count" -> (long) count();
            case "filter" -> filtered();
            case "map" -> mapped();
            case "sum" -> sum();
            case "reduce" -> reduced();
            case "groupBy" -> grouped();
            case "sortBy" -> sorted();
            case "find" -> element(first());
            case "findIndex" -> (long) first();
            case "findLast" -> element(last());
            default -> (long) last();
        };
    }

    private @Nullable Object at(int index, @Nullable Object sum) throws ExpressionException {
        return body == null ? list.get(index) : around.at(body, list.get(index), index, sum);
    }

    private boolean holds(int index) throws ExpressionException {
        Object value = at(index, null);
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new ExpressionException(function + " expects a bool for each element, got " + GoValues.type(value));
    }

    private int count() throws ExpressionException {
        int count = 0;
        for (int i = 0; i < list.size(); i++) {
            count += holds(i) ? 1 : 0;
        }
        return count;
    }

    private List<@Nullable Object> filtered() throws ExpressionException {
        List<@Nullable Object> kept = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (holds(i)) {
                kept.add(list.get(i));
            }
        }
        return kept;
    }

    private List<@Nullable Object> mapped() throws ExpressionException {
        List<@Nullable Object> mapped = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            mapped.add(at(i, null));
        }
        return mapped;
    }

    private Object sum() throws ExpressionException {
        Object sum = 0L;
        for (Object one : mapped()) {
            sum = Operators.binary("+", sum, one);
        }
        return sum;
    }

    private @Nullable Object reduced() throws ExpressionException {
        if (list.isEmpty() && rest.isEmpty()) {
            throw new ExpressionException("reduce of empty array with no initial value");
        }
        Object sum = rest.isEmpty() ? list.getFirst() : around.of(rest.getFirst());
        for (int i = rest.isEmpty() ? 1 : 0; i < list.size(); i++) {
            sum = at(i, sum);
        }
        return sum;
    }

    private Map<String, @Nullable Object> grouped() throws ExpressionException {
        Map<String, List<@Nullable Object>> groups = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            groups.computeIfAbsent(GoValues.shown(at(i, null)), _ -> new ArrayList<>())
                    .add(list.get(i));
        }
        return new LinkedHashMap<>(groups);
    }

    private List<@Nullable Object> sorted() throws ExpressionException {
        List<@Nullable Object> keys = mapped();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            order.add(i);
        }
        Comparator<Integer> ascending = Comparator.comparing(keys::get, BasicFunctions::order);
        boolean descending = !rest.isEmpty() && "desc".equals(around.of(rest.getFirst()));
        order.sort(descending ? ascending.reversed() : ascending);
        List<@Nullable Object> sorted = new ArrayList<>();
        order.forEach(index -> sorted.add(list.get(index)));
        return sorted;
    }

    private int first() throws ExpressionException {
        for (int i = 0; i < list.size(); i++) {
            if (holds(i)) {
                return i;
            }
        }
        return -1;
    }

    private int last() throws ExpressionException {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (holds(i)) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable Object element(int index) {
        return index < 0 ? null : list.get(index);
    }
}
