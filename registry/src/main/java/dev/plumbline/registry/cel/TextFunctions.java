package dev.plumbline.registry.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/** Functions whose results can be longer than their arguments together, or whose work grows with both: each pays the meter. */
final class TextFunctions {

    /** What a text that is made costs beside its characters. */
    private static final int ELEMENT = 8;

    /** How much longer a regular expression takes per character than a plain search. */
    static final int REGEX = 16;

    private TextFunctions() {}

    static void addTo(FunctionTable table) {
        table.member("list_join", "join", SimpleType.STRING, Types.STRING_LIST, list -> join(list, ""));
        table.member(
                "list_join_string", "join", SimpleType.STRING, Types.STRING_LIST, Types.STRING, TextFunctions::join);
        table.member(
                "string_replace_string_string",
                "replace",
                SimpleType.STRING,
                Types.STRING,
                List.of(Types.STRING, Types.STRING),
                a -> replace((String) a[0], (String) a[1], (String) a[2], -1));
        table.member(
                "string_replace_string_string_int",
                "replace",
                SimpleType.STRING,
                Types.STRING,
                List.of(Types.STRING, Types.STRING, Types.INT),
                a -> replace((String) a[0], (String) a[1], (String) a[2], (Long) a[3]));
        table.member(
                "string_split_string",
                "split",
                Types.STRINGS,
                Types.STRING,
                Types.STRING,
                (text, by) -> split(text, by, -1));
        table.member(
                "string_split_string_int",
                "split",
                Types.STRINGS,
                Types.STRING,
                List.of(Types.STRING, Types.INT),
                a -> split((String) a[0], (String) a[1], (Long) a[2]));
        table.member("string_format", "format", SimpleType.STRING, Types.STRING, Types.DYN_LIST, TextFormat::format);
        table.rebind(CelFunctionBinding.from("double_to_string", Double.class, TextFormat::general));
        table.rebind(CelFunctionBinding.from("add_string", String.class, String.class, TextFunctions::concatenate));
        table.rebind(CelFunctionBinding.from("add_list", List.class, List.class, TextFunctions::concatenate));
        table.rebind(CelFunctionBinding.from("contains_string", String.class, String.class, TextFunctions::contains));
        table.rebind(CelFunctionBinding.from("matches", String.class, String.class, TextFunctions::matches));
        table.rebind(CelFunctionBinding.from("matches_string", String.class, String.class, TextFunctions::matches));
    }

    private static String join(List<?> list, String separator) throws CelEvaluationException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof String part)) {
                throw new CelEvaluationException("no such overload");
            }
            Meter.pay(part.length() + (long) separator.length());
            text.append(i == 0 ? "" : separator).append(part);
        }
        return text.toString();
    }

    private static String replace(String text, String old, String by, long most) throws CelEvaluationException {
        Meter.pay(text.length());
        StringBuilder replaced = new StringBuilder();
        int from = 0;
        long left = most < 0 ? Long.MAX_VALUE : most;
        // An empty text stands before each character and at the end.
        if (old.isEmpty()) {
            for (int i = 0; i <= text.length(); i++) {
                if (left-- > 0) {
                    Meter.pay(by.length());
                    replaced.append(by);
                }
                replaced.append(i < text.length() ? text.substring(i, i + 1) : "");
            }
            return replaced.toString();
        }
        for (int at = text.indexOf(old); at >= 0 && left-- > 0; at = text.indexOf(old, from)) {
            Meter.pay(by.length());
            replaced.append(text, from, at).append(by);
            from = at + old.length();
        }
        return replaced.append(text, from, text.length()).toString();
    }

    private static List<String> split(String text, String by, long most) throws CelEvaluationException {
        Meter.pay(text.length());
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (most != 0 && from <= text.length()) {
            Meter.pay(ELEMENT);
            boolean last = most > 0 && parts.size() == most - 1;
            int at = last ? -1 : by.isEmpty() ? from + 1 : text.indexOf(by, from);
            if (at < 0 || (by.isEmpty() && at >= text.length())) {
                parts.add(text.substring(from));
                break;
            }
            parts.add(text.substring(from, at));
            from = by.isEmpty() ? at : at + by.length();
        }
        return parts;
    }

    private static String concatenate(String a, String b) throws CelEvaluationException {
        Meter.pay(a.length() + (long) b.length());
        return a + b;
    }

    private static List<Object> concatenate(List<?> a, List<?> b) throws CelEvaluationException {
        Meter.pay(a.size() + (long) b.size());
        List<Object> both = new ArrayList<>(a.size() + b.size());
        both.addAll(a);
        both.addAll(b);
        return both;
    }

    private static Boolean contains(String text, String part) throws CelEvaluationException {
        Meter.pay(text.length());
        return text.contains(part);
    }

    private static Boolean matches(String text, String regex) throws CelEvaluationException {
        Meter.pay((text.length() + (long) regex.length()) * REGEX);
        try {
            return Pattern.compile(regex).matcher(text).find();
        } catch (PatternSyntaxException e) {
            throw new CelEvaluationException("invalid regex: " + e.getMessage(), e);
        }
    }
}
