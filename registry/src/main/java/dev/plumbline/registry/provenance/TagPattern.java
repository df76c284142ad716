package dev.plumbline.registry.provenance;

import dev.plumbline.registry.argo.Tags;
import java.util.ArrayList;
import java.util.List;

/** A text in which any text may stand where a tag is. */
final class TagPattern {

    /** What stands around the tags: one more than there are tags. */
    private final List<String> fixed = new ArrayList<>();

    private TagPattern() {}

    static TagPattern of(String text) {
        TagPattern pattern = new TagPattern();
        int done = 0;
        for (Tags.Tag tag : Tags.find(text)) {
            pattern.fixed.add(text.substring(done, tag.start()));
            done = tag.end();
        }
        pattern.fixed.add(text.substring(done));
        return pattern;
    }

    /** Whether a text is this one with something for each tag. Takes time by the length of both, whatever they hold. */
    boolean matches(String text) {
        String first = fixed.getFirst();
        String last = fixed.getLast();
        if (fixed.size() == 1) {
            return text.equals(first);
        }
        if (text.length() < first.length() + last.length() || !text.startsWith(first) || !text.endsWith(last)) {
            return false;
        }
        int from = first.length();
        int end = text.length() - last.length();
        for (String middle : fixed.subList(1, fixed.size() - 1)) {
            int at = text.indexOf(middle, from);
            if (at < 0 || at + middle.length() > end) {
                return false;
            }
            from = at + middle.length();
        }
        return true;
    }
}
