package dev.plumbline.controller.local.runner;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The absolute paths that a template declares, and where they are on this machine. In a text, exactly these paths are
 * replaced, as whole paths or as the beginning of longer ones.
 */
final class StepPaths {

    private final Path root;
    private final Map<String, Path> mounts =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final Map<String, Path> declared =
            new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    /** Paths below a private folder. */
    StepPaths(Path root) {
        this.root = root;
    }

    /** Declares that a path is a folder or file of this machine. */
    void mount(String path, Path target) throws NodeProblem {
        String clean = clean(path);
        mounts.put(clean, target);
        declared.put(clean, target);
    }

    /** Declares a path, and says where it is: below a mount, or below the private folder. Mounts come first. */
    Path declare(String path) throws NodeProblem {
        String clean = clean(path);
        Path target = root.resolve(clean.substring(1));
        for (Map.Entry<String, Path> mount : mounts.entrySet()) {
            if (clean.equals(mount.getKey())) {
                target = mount.getValue();
                break;
            }
            if (clean.startsWith(mount.getKey() + "/")) {
                target = mount.getValue().resolve(clean.substring(mount.getKey().length() + 1));
                break;
            }
        }
        declared.put(clean, target);
        return target;
    }

    /** A text with declared paths replaced, the longest first. */
    String replace(String text) {
        if (text.indexOf('/') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (at < text.length()) {
            String path = text.charAt(at) == '/' && beginsHere(text, at) ? pathAt(text, at) : "";
            if (path.isEmpty()) {
                out.append(text.charAt(at++));
            } else {
                out.append(declared.get(path));
                at += path.length();
            }
        }
        return out.toString();
    }

    private String pathAt(String text, int at) {
        for (String path : declared.keySet()) {
            int end = at + path.length();
            if (text.startsWith(path, at)
                    && (end == text.length() || text.charAt(end) == '/' || !isName(text.charAt(end)))) {
                return path;
            }
        }
        return "";
    }

    /** A path does not begin in the middle of another one; after {@code scheme://} it does. */
    private static boolean beginsHere(String text, int at) {
        return at == 0
                || (!isName(text.charAt(at - 1)) && text.charAt(at - 1) != '/')
                || (at >= 3 && text.startsWith("://", at - 3));
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }

    private static String clean(String path) throws NodeProblem {
        String normal = Path.of(path).normalize().toString();
        if (!path.startsWith("/") || path.contains("..") || normal.equals("/")) {
            throw new NodeProblem("path '" + path + "' is not an absolute path below /");
        }
        return normal;
    }
}
