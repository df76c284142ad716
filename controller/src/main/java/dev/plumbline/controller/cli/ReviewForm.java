package dev.plumbline.controller.cli;

import dev.plumbline.registry.diff.ObjectChange;
import java.util.List;

/** How the parts of a review are laid out. Whatever comes from Git is given through {@link #code}; all other text is ours. */
interface ReviewForm {

    /** Text from Git, made harmless and cut where it is long. */
    String code(String text);

    /** Text of ours that matters most. */
    String strong(String text);

    /** The first line. */
    void head(String verdict);

    /** A paragraph. */
    void paragraph(String text);

    /** Begins a part. */
    void section(String title);

    /**
     * One of several things.
     *
     * @param line what it is
     * @param details more about it, line by line
     */
    void item(String line, List<String> details);

    /**
     * The objects that change in environments.
     *
     * @param environments the paths of all to which it applies
     */
    void changes(List<String> environments, List<ObjectChange> changes);

    /** All of it. */
    String text();
}
