package dev.plumbline.tests.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One folder with a kustomization, as it is being made. */
final class Layer {

    final String folder;
    final Map<String, @Nullable Object> kustomization = new LinkedHashMap<>();

    /** Objects of this folder and of everything below. */
    final List<Made> objects = new ArrayList<>();

    /** Names of generated config maps and secrets of this folder and of everything below, each with its kind. */
    final List<Made> generated = new ArrayList<>();

    /** Whether it works upon the objects of the layer that names it. */
    boolean component;

    Layer(String folder) {
        this.folder = folder;
    }

    String path(String file) {
        return folder + "/" + file;
    }
}
