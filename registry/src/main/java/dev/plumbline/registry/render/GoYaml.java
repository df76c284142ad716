package dev.plumbline.registry.render;

import java.util.regex.Pattern;

/** One line of text as Go's YAML writer puts it into a document, because kustomize keeps such documents in annotations. */
final class GoYaml {

    /** What a YAML 1.1 or 1.2 reader takes for something else than text. */
    private static final Pattern MEANS_SOMETHING = Pattern.compile("~|null|Null|NULL"
            + "|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
            + "|[-+]?(\\.[0-9]+|[0-9][0-9_]*(\\.[0-9_]*)?)([eE][-+]?[0-9]+)?|[-+]?0[xob][0-9a-fA-F_]+"
            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?"
            + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?|=|<<");

    /** Text that cannot stand without quotes. */
    private static final Pattern NEEDS_QUOTES =
            Pattern.compile("[#,\\[\\]{}&*!|>'\"%@`].*|[-?:]( .*)?| .*|.* |.*: .*|.*:|.* #.*|---.*|\\.\\.\\.( .*)?");

    private GoYaml() {}

    static String scalar(String text) {
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != 0x85 && c != 0xa0 && c != 0xfeff);
        if (text.isEmpty() || !printable || MEANS_SOMETHING.matcher(text).matches()) {
            return GoJson.write(text);
        }
        return NEEDS_QUOTES.matcher(text).matches() ? "'" + text.replace("'", "''") + "'" : text;
    }
}
