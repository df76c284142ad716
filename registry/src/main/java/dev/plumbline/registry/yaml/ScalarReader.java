package dev.plumbline.registry.yaml;

import dev.plumbline.registry.finding.Finding;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;

/** Scalars with kustomize's types, and what other tools read differently. */
final class ScalarReader {

    private final TextPlace place;
    private final List<Finding> findings;

    ScalarReader(TextPlace place, List<Finding> findings) {
        this.place = place;
        this.findings = findings;
    }

    YamlScalar read(ScalarEvent event) {
        return new YamlScalar(value(event), event.getValue(), place.of(event), form(event.getScalarStyle()), null);
    }

    /** Whether it stands without quotes and without a tag. */
    static boolean isPlain(ScalarEvent event) {
        return isUntagged(event) && event.getImplicit().canOmitTagInPlainScalar();
    }

    private static boolean isUntagged(ScalarEvent event) {
        return event.getTag() == null || event.getTag().equals("!");
    }

    private static YamlScalar.Form form(DumperOptions.ScalarStyle style) {
        return switch (style) {
            case PLAIN -> YamlScalar.Form.PLAIN;
            case LITERAL -> YamlScalar.Form.LITERAL;
            case FOLDED -> YamlScalar.Form.FOLDED;
            default -> YamlScalar.Form.QUOTED;
        };
    }

    private @Nullable Object value(ScalarEvent event) {
        String text = event.getValue();
        if (isPlain(event)) {
            checkPlain(event, text);
            return Scalars.read(text);
        }
        if (isUntagged(event) || event.getTag().equals(Tag.STR.getValue())) {
            checkBlock(event, text);
            return text;
        }
        return tagged(event, event.getTag(), Scalars.read(text));
    }

    private @Nullable Object tagged(ScalarEvent event, String tag, @Nullable Object value) {
        boolean isFloat = tag.equals(Tag.FLOAT.getValue());
        boolean fits = (tag.equals(Tag.INT.getValue()) && (value instanceof Long || value instanceof BigInteger))
                || (isFloat && value instanceof Number)
                || (tag.equals(Tag.BOOL.getValue()) && value instanceof Boolean)
                || (tag.equals(Tag.NULL.getValue()) && value == null);
        if (!fits) {
            error(
                    "yaml-tag",
                    event,
                    "the tag " + tag + " cannot be read the same way by all tools",
                    "write the value plainly");
        }
        return isFloat && value instanceof Long whole ? (Object) whole.doubleValue() : value;
    }

    private void checkBlock(ScalarEvent event, String text) {
        DumperOptions.ScalarStyle style = event.getScalarStyle();
        if (style == DumperOptions.ScalarStyle.FOLDED && !FoldedText.again(text).equals(text)) {
            findings.add(Finding.warning(
                    "yaml-folded-text",
                    place.of(event),
                    "kustomize changes the line breaks of this folded text, which has lines that are indented"
                            + " more than others",
                    "write it as a block with | instead of >"));
        }
        boolean block = style == DumperOptions.ScalarStyle.FOLDED || style == DumperOptions.ScalarStyle.LITERAL;
        if (block && text.startsWith("\t") && FoldedText.isBlock(text)) {
            error(
                    "yaml-tab",
                    event,
                    "a block of text that begins with a tab, which kustomize takes for its indentation and refuses",
                    "write it in double quotes with \\t, or with blanks");
        }
    }

    private void checkPlain(ScalarEvent event, String text) {
        if (Scalars.booleanToKubectl(text)) {
            findings.add(Finding.warning(
                    "yaml-ambiguous-boolean",
                    place.of(event),
                    text + " is text here and to kustomize, but a boolean to kubectl",
                    "quote it: \"" + text + "\", or write true or false"));
        } else if (Scalars.notFinite(text)) {
            error("yaml-not-finite", event, text + " has no form in JSON", "write a finite number or quote it");
        } else if (Scalars.rewrittenDate(text)) {
            error(
                    "yaml-date",
                    event,
                    "kustomize turns " + text + " into a timestamp, kubectl keeps it",
                    "quote it: \"" + text + "\"");
        }
    }

    private void error(String rule, ScalarEvent event, String message, String fix) {
        findings.add(Finding.error(rule, place.of(event), message, fix));
    }
}
