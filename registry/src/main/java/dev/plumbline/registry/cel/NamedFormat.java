package dev.plumbline.registry.cel;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A named form of text ({@code format.dns1123Label()}). What is wrong with a text is said in our own words; whether it is wrong is
 * as in Kubernetes.
 *
 * @param name its name
 * @param rule what texts of it are like
 * @param fits whether a text is of it
 */
record NamedFormat(String name, String rule, Predicate<String> fits) {

    private static final int LABEL = 63;
    private static final int SUBDOMAIN = 253;
    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_FORM = LABEL_FORM + "(\\." + LABEL_FORM + ")*";
    private static final String LABEL_1035_FORM = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED_NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";

    private static final Map<String, NamedFormat> ALL = all();

    static void addTo(FunctionTable table) {
        ALL.forEach((name, format) -> table.constant("format." + name, "format." + name, Types.FORMAT_TYPE, format));
        table.global(
                "format-named",
                "format.named",
                OptionalType.create(Types.FORMAT_TYPE),
                Types.STRING,
                name -> Optional.ofNullable(ALL.get(name)));
        table.member(
                "format-validate",
                "validate",
                OptionalType.create(ListType.create(SimpleType.STRING)),
                Types.FORMAT,
                Types.STRING,
                NamedFormat::validate);
    }

    private Optional<List<String>> validate(String text) {
        return fits.test(text) ? Optional.empty() : Optional.of(List.of(rule));
    }

    private static Map<String, NamedFormat> all() {
        Map<String, NamedFormat> all = new LinkedHashMap<>();
        name(all, "dns1123Label", LABEL, LABEL_FORM);
        name(all, "dns1123Subdomain", SUBDOMAIN, SUBDOMAIN_FORM);
        name(all, "dns1035Label", LABEL, LABEL_1035_FORM);
        put(
                all,
                "qualifiedName",
                "must be an optional DNS subdomain and '/' before a name of at most 63 letters, digits, '-', '_', '.'",
                NamedFormat::qualified);
        put(
                all,
                "labelValue",
                "must be at most 63 letters, digits, '-', '_', '.'",
                text -> text.isEmpty() || matches(text, LABEL, QUALIFIED_NAME));
        put(all, "uri", "must be an absolute URI or path", text -> Url.parse(text) != null);
        put(
                all,
                "uuid",
                "does not match the UUID format",
                text -> text.matches("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"));
        put(all, "byte", "invalid base64", NamedFormat::base64);
        put(all, "date", "invalid date", NamedFormat::date);
        put(all, "datetime", "invalid datetime", NamedFormat::time);
        return all;
    }

    /** A form, and the same for prefixes, which may end with a dash. */
    private static void name(Map<String, NamedFormat> all, String name, int length, String form) {
        String rule = "must be at most " + length + " characters and match " + form;
        put(all, name, rule, text -> matches(text, length, form));
        put(
                all,
                name + "Prefix",
                rule,
                text -> matches(
                        text.endsWith("-") && text.length() > 1 ? text.substring(0, text.length() - 1) + "a" : text,
                        length,
                        form));
    }

    private static void put(Map<String, NamedFormat> all, String name, String rule, Predicate<String> fits) {
        all.put(name, new NamedFormat(name, rule, fits));
    }

    private static boolean matches(String text, int length, String form) {
        return text.length() <= length && Pattern.matches(form, text);
    }

    private static boolean qualified(String text) {
        int slash = text.indexOf('/');
        return (slash < 0 || matches(text.substring(0, slash), SUBDOMAIN, SUBDOMAIN_FORM))
                && matches(text.substring(slash + 1), LABEL, QUALIFIED_NAME);
    }

    private static boolean base64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 0 && text.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean date(String text) {
        try {
            return LocalDate.parse(text).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean time(String text) {
        try {
            return OffsetDateTime.parse(text).getYear() >= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
