package dev.plumbline.registry.yaml;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * What go-yaml v2 makes of the text of a scalar when it reads it as a document of its own. kustomize asks that before it decides
 * about quotes (kyaml, {@code IsValueNonString}).
 */
final class GoReading {

    private static final Set<String> TYPES = Set.of(
            Tag.INT.getValue(),
            Tag.FLOAT.getValue(),
            Tag.BOOL.getValue(),
            Tag.NULL.getValue(),
            Tag.TIMESTAMP.getValue());

    private GoReading() {}

    /** Whether it reads something else than text; what cannot be read, what is empty and what has several lines is text. */
    static boolean isAnother(String text) {
        if (text.isEmpty() || text.indexOf('\n') >= 0) {
            return false;
        }
        return GoScalar.of(text).plain() ? isAnotherWord(text) : isAnotherDocument(text);
    }

    /** Numbers to the base of sixty are text to its reader, though its writer quotes them. */
    private static boolean isAnotherWord(String text) {
        return GoScalar.hasAnotherMeaning(text) && !GoScalar.isBaseSixty(text);
    }

    private static boolean isAnotherDocument(String text) {
        Parser events = new ParserImpl(new WholeText(text), new LoaderOptions());
        Set<String> anchors = new HashSet<>();
        @Nullable NodeEvent root = null;
        try {
            for (Event event = events.getEvent(); !ends(event); event = events.getEvent()) {
                if (event instanceof AliasEvent alias && !anchors.contains(alias.getAnchor())) {
                    return false;
                }
                if (event instanceof NodeEvent node) {
                    root = root == null ? node : root;
                    anchors.add(String.valueOf(node.getAnchor()));
                }
            }
        } catch (YAMLException | NumberFormatException e) {
            return false; // It cannot be read.
        }
        return !(root instanceof ScalarEvent scalar) || isAnotherScalar(scalar);
    }

    private static boolean ends(Event event) {
        return event.is(Event.ID.DocumentEnd) || event.is(Event.ID.StreamEnd);
    }

    private static boolean isAnotherScalar(ScalarEvent scalar) {
        boolean typed = scalar.getTag() != null && TYPES.contains(scalar.getTag());
        boolean untyped = scalar.getTag() == null && scalar.isPlain();
        return (typed || untyped) && isAnotherWord(scalar.getValue());
    }
}
