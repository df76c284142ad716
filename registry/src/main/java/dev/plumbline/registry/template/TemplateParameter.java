package dev.plumbline.registry.template;

import dev.plumbline.registry.argo.Parameter;
import dev.plumbline.registry.json.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input of a template.
 *
 * @param name its name
 * @param description what it is for; empty when the template does not say
 * @param defaultValue what it is when nobody gives it; null when it must be given, or when the cluster fills it in
 * @param required whether whoever runs the template must give it
 * @param allowed the values that it may have, in written order; empty when any is
 */
public record TemplateParameter(
        String name, String description, @Nullable String defaultValue, boolean required, List<String> allowed) {

    /** Keeps its own copy. */
    public TemplateParameter {
        allowed = List.copyOf(allowed);
    }

    /** Whether a value may be given. */
    public boolean allows(String value) {
        return allowed.isEmpty() || allowed.contains(value);
    }

    /** What a parameter says of itself. */
    static TemplateParameter of(Parameter parameter) {
        String value = parameter.effective();
        String otherwise = value == null ? parameter.valueFromDefault() : value;
        boolean required = otherwise == null && parameter.valueFrom().isEmpty();
        return new TemplateParameter(
                parameter.name(), Tree.text(parameter.tree(), "description"), otherwise, required, parameter.allowed());
    }
}
