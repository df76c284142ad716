package dev.plumbline.registry.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Kubernetes' list functions, and {@code find} and {@code findAll} of its regex library. */
final class ListFunctions {

    private ListFunctions() {}

    static void addTo(FunctionTable table) {
        table.member("list_is_sorted", "isSorted", SimpleType.BOOL, Types.LIST, ListFunctions::isSorted);
        table.member("list_sum", "sum", Types.ELEMENT, Types.LIST, ListFunctions::sum);
        table.member("list_max", "max", Types.ELEMENT, Types.LIST, list -> extreme("max", list, 1));
        table.member("list_min", "min", Types.ELEMENT, Types.LIST, list -> extreme("min", list, -1));
        table.member(
                "list_a_index_of_int",
                "indexOf",
                SimpleType.INT,
                Types.LIST,
                Types.ANY_ELEMENT,
                ListFunctions::indexOf);
        table.member(
                "list_a_last_index_of_int",
                "lastIndexOf",
                SimpleType.INT,
                Types.LIST,
                Types.ANY_ELEMENT,
                ListFunctions::lastIndexOf);
        table.member("string_find_string", "find", SimpleType.STRING, Types.STRING, Types.STRING, ListFunctions::find);
        table.member(
                "string_find_all_string",
                "findAll",
                Types.STRINGS,
                Types.STRING,
                Types.STRING,
                (text, regex) -> findAll(text, regex, -1));
        table.member(
                "string_find_all_string_int",
                "findAll",
                Types.STRINGS,
                Types.STRING,
                List.of(Types.STRING, Types.INT),
                arguments -> findAll((String) arguments[0], (String) arguments[1], (Long) arguments[2]));
    }

    private static Boolean isSorted(List<?> list) throws CelEvaluationException {
        Meter.pay(list.size());
        for (int i = 1; i < list.size(); i++) {
            if (compare(list.get(i - 1), list.get(i)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static Object sum(List<?> list) throws CelEvaluationException {
        Meter.pay(list.size());
        Object sum = 0L;
        for (Object element : list) {
            sum = plus(sum, element);
        }
        return sum;
    }

    private static Object plus(Object sum, Object element) throws CelEvaluationException {
        if (element instanceof Duration duration) {
            return sum instanceof Duration before ? before.plus(duration) : duration;
        }
        if (sum instanceof Number before && element instanceof Number number) {
            return before instanceof Long && number instanceof Long
                    ? (Object) add(before.longValue(), number.longValue())
                    : (Object) (before.doubleValue() + number.doubleValue());
        }
        throw new CelEvaluationException("no such overload");
    }

    private static Long add(long a, long b) throws CelEvaluationException {
        try {
            return Math.addExact(a, b);
        } catch (ArithmeticException e) {
            throw new CelEvaluationException("integer overflow", e);
        }
    }

    private static Object extreme(String name, List<?> list, int sign) throws CelEvaluationException {
        Meter.pay(list.size());
        if (list.isEmpty()) {
            throw new CelEvaluationException(name + " called on empty list");
        }
        Object best = list.getFirst();
        for (Object element : list) {
            if (compare(element, best) * sign > 0) {
                best = element;
            }
        }
        return best;
    }

    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Object a, @Nullable Object b) throws CelEvaluationException {
        if (a instanceof Number left && b instanceof Number right) {
            return left instanceof Long && right instanceof Long
                    ? Long.compare(left.longValue(), right.longValue())
                    : Double.compare(left.doubleValue(), right.doubleValue());
        }
        if (a instanceof Comparable<?> left && b != null && left.getClass().equals(b.getClass())) {
            return Integer.signum(((Comparable<Object>) left).compareTo(b));
        }
        throw new CelEvaluationException("no such overload");
    }

    private static Long indexOf(List<?> list, Object element) throws CelEvaluationException {
        Meter.pay(list.size());
        for (int i = 0; i < list.size(); i++) {
            if (same(list.get(i), element)) {
                return (long) i;
            }
        }
        return -1L;
    }

    private static Long lastIndexOf(List<?> list, Object element) throws CelEvaluationException {
        Meter.pay(list.size());
        for (int i = list.size() - 1; i >= 0; i--) {
            if (same(list.get(i), element)) {
                return (long) i;
            }
        }
        return -1L;
    }

    private static boolean same(Object a, Object b) {
        if (a instanceof Number left && b instanceof Number right) {
            return left.doubleValue() == right.doubleValue();
        }
        return Objects.equals(a, b);
    }

    private static String find(String text, String regex) throws CelEvaluationException {
        List<String> found = findAll(text, regex, 1);
        return found.isEmpty() ? "" : found.getFirst();
    }

    private static List<String> findAll(String text, String regex, long most) throws CelEvaluationException {
        Meter.pay((text.length() + (long) regex.length()) * TextFunctions.REGEX);
        List<String> found = new ArrayList<>();
        try {
            var matcher = Pattern.compile(regex).matcher(text);
            while ((most < 0 || found.size() < most) && matcher.find()) {
                found.add(matcher.group());
            }
        } catch (PatternSyntaxException e) {
            throw new CelEvaluationException("Illegal regex: " + e.getMessage(), e);
        }
        return found;
    }
}
