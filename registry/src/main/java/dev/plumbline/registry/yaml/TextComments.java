package dev.plumbline.registry.yaml;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives each comment of a text to the value that go-yaml v3 gives it to: lines of comments to the entry that begins in the very next
 * line, a comment behind something to that. Others go-yaml moves about, so that a text which has one is not kept.
 */
final class TextComments {

    private static final int NONE = -1;

    private final int[] text;
    private final List<Integer> lines = new ArrayList<>();

    /** What is inside scalars, where a {@code #} is no comment. */
    private final BitSet scalars = new BitSet();

    /** What is inside braces and brackets. */
    private final BitSet flow = new BitSet();

    /** By line: the outermost entry of a block that begins there. */
    private final Map<Integer, TextLayout> entries = new TreeMap<>();

    /** By the position behind it: what ends there. */
    private final Map<Integer, TextLayout> ends = new TreeMap<>();

    /** By the position behind it: a key. */
    private final Map<Integer, TextLayout> keys = new TreeMap<>();

    private String head = "";

    TextComments(int[] text) {
        this.text = text;
        lines.add(0);
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                lines.add(i + 1);
            }
        }
    }

    /** The comment above the document, with an empty line below it; empty for none. */
    String head() {
        return head;
    }

    /**
     * Notes each comment in the layout of what it belongs to.
     *
     * @param root of the document's root
     * @param explicit whether the document begins with {@code ---}
     * @param end where the document ends
     * @throws TextNotKeptException where a comment stands elsewhere
     */
    void give(TextLayout root, boolean explicit, int end) {
        walk(root);
        Map<Integer, String> whole = new TreeMap<>();
        boolean content = false;
        for (int line = 0; line < lines.size() && lines.get(line) < end; line++) {
            int from = comment(line);
            int first = first(line);
            if (from == NONE) {
                content |= first != NONE;
                continue;
            }
            if (flow.get(from)) {
                throw new TextNotKeptException("a comment between braces or brackets");
            }
            if (explicit && !content) {
                throw new TextNotKeptException("a comment before ---");
            }
            if (first == from) {
                whole.put(line, words(from));
            } else {
                content = true;
                behind(from, words(from));
            }
        }
        above(whole);
    }

    private void walk(TextLayout layout) {
        if (layout.end > layout.start) {
            ends.put(layout.end, layout);
            if (layout.style.isScalar()) {
                // The first line of a block of text may have a comment.
                scalars.set(isBlock(layout) ? Math.min(endOfLine(layout.start), layout.end) : layout.start, layout.end);
            } else if (layout.style == TextLayout.Style.FLOW) {
                flow.set(layout.start, layout.end);
            }
        }
        boolean block = layout.style == TextLayout.Style.BLOCK;
        layout.keys.forEach((name, key) -> {
            keys.put(key.end, key);
            entry(key, block);
            walk(layout.value(name));
        });
        layout.items.forEach(item -> entry(item, block));
    }

    private static boolean isBlock(TextLayout layout) {
        return layout.style == TextLayout.Style.LITERAL || layout.style == TextLayout.Style.FOLDED;
    }

    private void entry(TextLayout layout, boolean block) {
        if (block) {
            entries.merge(lineOf(layout.start), layout, (one, other) -> one.start <= other.start ? one : other);
        }
        walk(layout);
    }

    private int lineOf(int position) {
        int found = Collections.binarySearch(lines, position);
        return found >= 0 ? found : -found - 2;
    }

    private int endOfLine(int from) {
        int end = from;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return end;
    }

    /** Where the comment of a line begins. */
    private int comment(int line) {
        int end = endOfLine(lines.get(line));
        for (int i = lines.get(line); i < end; i++) {
            if (text[i] == '#' && !scalars.get(i) && (i == lines.get(line) || isBlank(text[i - 1]))) {
                return i;
            }
        }
        return NONE;
    }

    /** The first character of a line that is no blank. */
    private int first(int line) {
        int end = endOfLine(lines.get(line));
        for (int i = lines.get(line); i < end; i++) {
            if (!isBlank(text[i])) {
                return i;
            }
        }
        return NONE;
    }

    private static boolean isBlank(int character) {
        return character == ' ' || character == '\t';
    }

    private String words(int from) {
        return new String(text, from, endOfLine(from) - from);
    }

    private void behind(int from, String words) {
        int last = from - 1;
        while (isBlank(text[last])) {
            last--;
        }
        TextLayout owner = ends.get(last + 1);
        if (owner == null || owner.style == TextLayout.Style.BLOCK) {
            owner = text[last] == ':' ? keyBefore(last) : blockOf(last);
        }
        if (owner == null || !owner.behind.isEmpty()) {
            throw new TextNotKeptException("a comment behind something that is no value");
        }
        owner.behind = words;
    }

    private @Nullable TextLayout keyBefore(int colon) {
        int at = colon;
        while (at > 0 && isBlank(text[at - 1])) {
            at--;
        }
        return keys.get(at);
    }

    /** The block of text whose first line this is. */
    private @Nullable TextLayout blockOf(int position) {
        return ends.values().stream()
                .filter(TextComments::isBlock)
                .filter(layout -> layout.start <= position && position < endOfLine(layout.start))
                .findFirst()
                .orElse(null);
    }

    /** Gives lines of comments to what follows them; those at the top, with an empty line below, are the document's. */
    private void above(Map<Integer, String> whole) {
        StringBuilder run = new StringBuilder();
        StringBuilder top = new StringBuilder();
        boolean content = false;
        int begin = NONE;
        for (int line = 0; line < lines.size(); line++) {
            String comment = whole.get(line);
            if (comment != null) {
                checkColumn(begin, line);
                begin = begin == NONE ? line : begin;
                run.append(run.isEmpty() ? "" : "\n").append(comment);
                continue;
            }
            boolean empty = first(line) == NONE;
            if (!run.isEmpty() && empty) {
                if (content) {
                    throw new TextNotKeptException("a comment that an empty line or the end follows");
                }
                top.append(top.isEmpty() ? "" : "\n\n").append(run);
            } else if (!run.isEmpty()) {
                checkColumn(begin, line);
                giveTo(line, run.toString());
            }
            run.setLength(0);
            begin = NONE;
            content |= !empty;
        }
        if (!run.isEmpty()) {
            throw new TextNotKeptException("a comment at the end");
        }
        head = top.toString();
    }

    private void checkColumn(int begin, int line) {
        if (begin != NONE && first(begin) - lines.get(begin) != first(line) - lines.get(line)) {
            throw new TextNotKeptException("a comment that is indented unlike what follows it");
        }
    }

    private void giveTo(int line, String comment) {
        TextLayout entry = entries.get(line);
        if (entry == null || entry.end == entry.start) {
            throw new TextNotKeptException("a comment that no key or item follows");
        }
        entry.above = comment;
    }
}
