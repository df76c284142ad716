package dev.plumbline.registry.cel;

import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute URI or an absolute path, taken apart as Go's {@code net/url} does.
 *
 * @param scheme lower case; empty for a path
 * @param host with port, brackets included
 * @param path escaped
 * @param query without the question mark
 */
record Url(String scheme, String host, String path, String query) {

    private static final int MAX_TEXT = 100_000;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern PORT = Pattern.compile(":[0-9]*");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern BAD_HOST = Pattern.compile("[ \"<>^`{|}\\\\%/?#]");
    private static final String UNESCAPED_IN_PATH = "-_.~!$&'()*+,;=:@/[]%";

    static void addTo(FunctionTable table) {
        table.global("string_to_url", "url", Types.URL_TYPE, Types.STRING, Url::of);
        table.global("is_url_string", "isURL", SimpleType.BOOL, Types.STRING, text -> parse(text) != null);
        table.member("url_get_scheme", "getScheme", SimpleType.STRING, Types.URL, Url::scheme);
        table.member("url_get_host", "getHost", SimpleType.STRING, Types.URL, Url::host);
        table.member("url_get_hostname", "getHostname", SimpleType.STRING, Types.URL, Url::hostname);
        table.member("url_get_port", "getPort", SimpleType.STRING, Types.URL, Url::port);
        table.member("url_get_escaped_path", "getEscapedPath", SimpleType.STRING, Types.URL, Url::path);
        table.member(
                "url_get_query",
                "getQuery",
                MapType.create(SimpleType.STRING, ListType.create(SimpleType.STRING)),
                Types.URL,
                Url::values);
    }

    private static Url of(String text) throws CelEvaluationException {
        Url url = parse(text);
        if (url == null) {
            throw new CelEvaluationException(
                    "URL parse error during conversion from string: parse \"" + text + "\": invalid URI for request");
        }
        return url;
    }

    static @Nullable Url parse(String text) {
        if (text.isEmpty() || text.length() > MAX_TEXT || text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            return null;
        }
        Matcher match = SCHEME.matcher(text);
        boolean absolute = match.matches();
        String scheme = absolute ? match.group(1).toLowerCase(Locale.ROOT) : "";
        String rest = absolute ? match.group(2) : text;
        int fragment = rest.indexOf('#');
        String whole = rest;
        rest = fragment < 0 ? rest : rest.substring(0, fragment);
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        rest = question < 0 ? rest : rest.substring(0, question);
        if (!rest.startsWith("/")) {
            return absolute && !whole.isEmpty() ? new Url(scheme, "", "", query) : null;
        }
        String host = "";
        if (absolute && rest.startsWith("//")) {
            int end = rest.indexOf('/', 2);
            String authority = end < 0 ? rest.substring(2) : rest.substring(2, end);
            rest = end < 0 ? "" : rest.substring(end);
            host = authority.substring(authority.lastIndexOf('@') + 1);
            if (!goodHost(host)) {
                return null;
            }
        }
        return BAD_ESCAPE.matcher(rest).find() ? null : new Url(scheme, host, escaped(rest), query);
    }

    private static boolean goodHost(String host) {
        int bracket = host.lastIndexOf(']');
        if (host.startsWith("[")) {
            return bracket > 0
                    && (bracket == host.length() - 1
                            || PORT.matcher(host.substring(bracket + 1)).matches());
        }
        int colon = host.lastIndexOf(':');
        return !BAD_HOST.matcher(host).find()
                && (colon < 0 || PORT.matcher(host.substring(colon)).matches());
    }

    private static String escaped(String path) {
        StringBuilder text = new StringBuilder();
        for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (unit & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNESCAPED_IN_PATH.indexOf(c) >= 0)) {
                text.append(c);
            } else {
                text.append('%').append(String.format(Locale.ROOT, "%02X", unit));
            }
        }
        return text.toString();
    }

    private String hostname() {
        String name = host;
        int colon = host.lastIndexOf(':');
        if (colon >= 0 && host.lastIndexOf(']') < colon) {
            name = host.substring(0, colon);
        }
        return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    }

    private String port() {
        int colon = host.lastIndexOf(':');
        return colon >= 0 && host.lastIndexOf(']') < colon ? host.substring(colon + 1) : "";
    }

    private Map<String, List<String>> values() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()
                    || pair.indexOf(';') >= 0
                    || BAD_ESCAPE.matcher(pair).find()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            values.computeIfAbsent(URLDecoder.decode(key, StandardCharsets.UTF_8), k -> new ArrayList<>())
                    .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        return values;
    }
}
