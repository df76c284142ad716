package dev.plumbline.registry.template;

import dev.plumbline.registry.model.ObjectKey;
import java.util.List;
import java.util.Optional;

/**
 * A template that people may run.
 *
 * @param key key of the template under its plain name
 * @param version key of its version, which runs use; the plain key when the Release has no versions
 * @param title what it is called, for people; empty when it does not say
 * @param description what it does; empty when it does not say
 * @param entrypoint the template in it that a run starts with
 * @param parameters what it takes, in written order
 */
public record CatalogueEntry(
        ObjectKey key,
        ObjectKey version,
        String title,
        String description,
        String entrypoint,
        List<TemplateParameter> parameters) {

    /** Keeps its own copy. */
    public CatalogueEntry {
        parameters = List.copyOf(parameters);
    }

    /** The plain name. */
    public String name() {
        return key.name();
    }

    /** The parameter of a name; empty when it takes none of that name. */
    public Optional<TemplateParameter> parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }
}
