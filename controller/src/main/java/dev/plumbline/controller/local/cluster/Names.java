package dev.plumbline.controller.local.cluster;

import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for names and labels (Kubernetes: Object Names and IDs; Labels and Selectors), and made-up names. */
final class Names {

    private static final int MAX_SUBDOMAIN = 253;
    private static final int MAX_LABEL = 63;
    private static final int SUFFIX = 5;
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");

    private final SecureRandom random = new SecureRandom();

    /** A name that begins with a base, as the API server makes it: the base cut to 58 characters and five more. */
    String generate(String base) {
        StringBuilder name = new StringBuilder(base.substring(0, Math.min(base.length(), MAX_LABEL - SUFFIX)));
        for (int i = 0; i < SUFFIX; i++) {
            name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return name.toString();
    }

    /** Why a name is not allowed; null when it is. */
    static @Nullable String fault(KindFacts.Names rule, String name) {
        boolean good = switch (rule) {
            case SUBDOMAIN ->
                name.length() <= MAX_SUBDOMAIN && SUBDOMAIN.matcher(name).matches();
            case LABEL -> name.length() <= MAX_LABEL && LABEL.matcher(name).matches();
            case SERVICE -> name.length() <= MAX_LABEL && SERVICE.matcher(name).matches();
            case SEGMENT -> !name.equals(".") && !name.equals("..") && !name.contains("/") && !name.contains("%");
        };
        return good ? null : "the name " + name + " is not allowed (" + rule + " rules of Kubernetes)";
    }

    /** Why a label is not allowed; null when it is. */
    static @Nullable String labelFault(String key, @Nullable Object value) {
        String keyFault = keyFault(key);
        if (keyFault != null) {
            return keyFault;
        }
        if (!(value instanceof String text)) {
            return "the value of " + key + " must be a string";
        }
        return text.length() <= MAX_LABEL && VALUE.matcher(text).matches()
                ? null
                : "the label " + key + " must have a value of at most 63 letters, digits, '-', '_' and '.'";
    }

    /** Why the key of a label or an annotation is not allowed; null when it is. */
    static @Nullable String keyFault(String key) {
        int slash = key.indexOf('/');
        String prefix = slash < 0 ? "" : key.substring(0, slash);
        String name = key.substring(slash + 1);
        boolean good = !name.isEmpty()
                && name.length() <= MAX_LABEL
                && VALUE.matcher(name).matches()
                && (slash < 0 || fault(KindFacts.Names.SUBDOMAIN, prefix) == null);
        return good ? null : "the key " + key + " is not a qualified name";
    }
}
