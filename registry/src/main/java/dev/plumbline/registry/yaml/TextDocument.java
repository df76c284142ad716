package dev.plumbline.registry.yaml;

import dev.plumbline.registry.model.Location;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * A YAML document inside the text of a field, which may be changed and is written again as kustomize does: with its quotes, its
 * comments and its braces, but indented by two, lists at the indent of their key, without empty lines, and without any second document.
 */
public final class TextDocument {

    private final YamlNode root;
    private final String head;
    private final IdentityHashMap<YamlNode, TextLayout> layouts;
    private final boolean alone;
    private boolean tagged;

    private TextDocument(YamlNode root, String head, IdentityHashMap<YamlNode, TextLayout> layouts, boolean alone) {
        this.alone = alone;
        this.root = root;
        this.head = head;
        this.layouts = layouts;
    }

    /**
     * Reads a text.
     *
     * @param at the place that each of its nodes is said to have
     * @return null where it is not YAML, or holds no map and no list
     * @throws TextNotKeptException where it has something that cannot be written again
     */
    public static @Nullable TextDocument read(String text, Location at) {
        Parser events = new ParserImpl(new WholeText(text), new LoaderOptions());
        try {
            Event event = events.getEvent();
            while (!(event instanceof DocumentStartEvent start)) {
                if (event.is(Event.ID.StreamEnd)) {
                    return null;
                }
                event = events.getEvent();
            }
            TextReader reader = new TextReader(events, at);
            YamlNode root = reader.document(start);
            TextLayout layout = reader.layouts().get(root);
            if (root instanceof YamlScalar || layout == null) {
                return null;
            }
            if (text.codePoints().anyMatch(c -> c != '\n' && GoScalar.isBreak(c))) {
                throw new TextNotKeptException("a line break other than U+000A");
            }
            TextComments comments = new TextComments(text.codePoints().toArray());
            if (text.indexOf('#') >= 0 && reader.isTagged()) {
                throw new TextNotKeptException("tags beside comments");
            }
            int end = events.getEvent().getEndMark().getIndex();
            comments.give(layout, start.getExplicit(), end);
            return new TextDocument(root, comments.head(), reader.layouts(), isLast(events));
        } catch (YAMLException | NumberFormatException e) {
            return null; // It is a text like any other.
        }
    }

    private static boolean isLast(Parser events) {
        try {
            return events.getEvent().is(Event.ID.StreamEnd);
        } catch (YAMLException e) {
            return false; // What follows the first document is not looked at.
        }
    }

    /** The map or list that it holds, to be changed in place. */
    public YamlNode root() {
        return root;
    }

    /**
     * What a value looks like in the text, with its quotes and the comment behind it.
     *
     * @param node one of the document's
     */
    public String written(YamlNode node) {
        TextLayout layout = layouts.getOrDefault(node, TextLayout.NEW);
        return new TextWriter(layouts).alone(node, layout);
    }

    /** The whole text, without a line break at its end. */
    public String write() {
        TextWriter writer = new TextWriter(layouts);
        String text = writer.document(root, head);
        tagged = writer.isTagged();
        return text;
    }

    /** Whether nothing follows the document. */
    public boolean isAlone() {
        return alone;
    }

    /** Whether a value was written behind the tag of a type that it does not have. */
    public boolean isTagged() {
        return tagged;
    }
}
