package dev.plumbline.registry.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A field that a transformer reaches, in kustomize's notation: {@code spec/template/metadata/labels}; a list on the way is
 * entered, {@code \/} is a slash inside a key, {@code []} says that a step is a list.
 *
 * @param selector kinds that have it
 * @param path as written
 * @param steps the path's parts
 * @param create whether it is made where it is missing
 */
record FieldSpec(Gvk selector, String path, List<String> steps, boolean create) {

    static FieldSpec of(Gvk selector, String path, boolean create) {
        return new FieldSpec(selector, path, split(path), create);
    }

    static FieldSpec of(String path, boolean create) {
        return of(new Gvk("", "", ""), path, create);
    }

    private static List<String> split(String path) {
        List<String> steps = new ArrayList<>();
        StringBuilder step = new StringBuilder();
        String rest = path.startsWith("/") && path.length() > 1 ? path.substring(1) : path;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '\\' && i + 1 < rest.length() && rest.charAt(i + 1) == '/') {
                step.append('/');
                i++;
            } else if (c == '/') {
                steps.add(step.toString());
                step.setLength(0);
            } else {
                step.append(c);
            }
        }
        steps.add(step.toString());
        return List.copyOf(steps);
    }

    /** Whether kustomize takes this for the same field as one that is added: also where that one is for more kinds. */
    boolean sameFieldAs(FieldSpec added) {
        return selector.selectedBy(added.selector) && added.path.equals(path);
    }

    boolean matches(Gvk gvk) {
        return gvk.selectedBy(selector);
    }
}
