package dev.plumbline.registry.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The syntax of {@code successCondition} and {@code failureCondition} of resource templates: requirements of a label selector of
 * Kubernetes, whose keys are paths in the object that is watched. Argo reads it when the step runs, so the rules of labels hold for
 * keys and values: no brackets, no quotes, at most 63 characters. {@link ResourceRequirement} says what they mean.
 */
public final class ResourceCondition {

    private static final int MAX_NAME = 63;
    private static final int MAX_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern TOKEN = Pattern.compile("\\s*(==|!=|[=!<>(),]|[^=!<>(),\\s]+)");

    private final List<String> tokens = new ArrayList<>();
    private final List<ResourceRequirement> requirements = new ArrayList<>();
    private int at;

    private ResourceCondition() {}

    /**
     * Reads a condition.
     *
     * @param text the condition; tags count as a name
     * @return its requirements, all of which must hold; none for an empty text
     * @throws ArgoSyntaxException when Argo could not read it; the message says why
     */
    public static List<ResourceRequirement> parse(String text) throws ArgoSyntaxException {
        ResourceCondition condition = new ResourceCondition();
        var matcher = TOKEN.matcher(text.replaceAll("\\{\\{[^}]*\\}\\}", "1"));
        while (matcher.lookingAt()) {
            condition.tokens.add(matcher.group(1));
            matcher.region(matcher.end(), matcher.regionEnd());
        }
        condition.all();
        return List.copyOf(condition.requirements);
    }

    private void all() throws ArgoSyntaxException {
        while (at < tokens.size()) {
            requirement();
            if (at < tokens.size()) {
                expect(",");
                if (at == tokens.size()) {
                    throw new ArgoSyntaxException("a requirement is missing behind the last ','");
                }
            }
        }
    }

    private void requirement() throws ArgoSyntaxException {
        if (peek().equals("!")) {
            at++;
            require(key(), "!", List.of());
            return;
        }
        String key = key();
        String operator = peek();
        switch (operator) {
            case "", "," -> require(key, "", List.of());
            case "=", "==", "!=" -> {
                at++;
                // Nothing at all stands for the empty text.
                boolean empty = peek().isEmpty() || peek().equals(",");
                require(key, operator.equals("!=") ? "notin" : "in", List.of(empty ? "" : value()));
            }
            case "<", ">" -> {
                at++;
                String number = value();
                if (ResourceRequirement.integer(number) == null) {
                    throw new ArgoSyntaxException(
                            "'" + number + "' is no whole number of 64 bits, which < and > compare with");
                }
                require(key, operator, List.of(number));
            }
            case "in", "notin" -> {
                at++;
                require(key, operator, values());
            }
            default -> throw new ArgoSyntaxException("'" + peek() + "' is no operator");
        }
    }

    private void require(String key, String operator, List<String> values) {
        requirements.add(new ResourceRequirement(key, operator, values));
    }

    private String key() throws ArgoSyntaxException {
        String key = identifier("a path in the object");
        int slash = key.indexOf('/');
        String name = key.substring(slash + 1);
        boolean prefixed = slash < 0
                || (key.substring(0, slash).length() <= MAX_PREFIX
                        && PREFIX.matcher(key.substring(0, slash)).matches());
        if (!prefixed || name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw new ArgoSyntaxException(
                    "'" + key + "' cannot be a path: only letters, digits, '-', '_' and '.' are read," + " at most "
                            + MAX_NAME + " of them, so that no element of a list can be selected by what it holds");
        }
        return key;
    }

    private String value() throws ArgoSyntaxException {
        String value = identifier("a value");
        if (value.length() > MAX_NAME || !NAME.matcher(value).matches()) {
            throw new ArgoSyntaxException(
                    "'" + value + "' cannot be a value: only letters, digits, '-', '_' and '.' are" + " read, at most "
                            + MAX_NAME + " of them, without quotes");
        }
        return value;
    }

    private List<String> values() throws ArgoSyntaxException {
        List<String> values = new ArrayList<>();
        expect("(");
        if (peek().equals(")")) {
            throw new ArgoSyntaxException("there is no value between the brackets");
        }
        boolean more = true;
        while (more) {
            // Nothing at all stands for the empty text here, too.
            values.add(peek().equals(",") || peek().equals(")") ? "" : value());
            more = peek().equals(",");
            at += more ? 1 : 0;
        }
        expect(")");
        return values;
    }

    private String identifier(String what) throws ArgoSyntaxException {
        String token = peek();
        if (token.isEmpty() || "=!<>(),==!=".contains(token)) {
            throw new ArgoSyntaxException(
                    what + " is missing" + (token.isEmpty() ? " at the end" : " before '" + token + "'"));
        }
        at++;
        return token;
    }

    private void expect(String token) throws ArgoSyntaxException {
        if (!peek().equals(token)) {
            throw new ArgoSyntaxException(
                    "there must be '" + token + "' " + (peek().isEmpty() ? "at the end" : "before '" + peek() + "'"));
        }
        at++;
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }
}
