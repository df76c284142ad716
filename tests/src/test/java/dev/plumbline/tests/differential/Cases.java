package dev.plumbline.tests.differential;

import static dev.plumbline.tests.differential.Trees.listIn;
import static dev.plumbline.tests.differential.Trees.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one random case from a seed: leaf bases, bases of bases, an overlay, and sometimes mistakes. */
final class Cases implements Features.Files {

    private static final String ENTRY = "overlay";

    /** Near seeds begin alike; times this they do not. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Dice dice;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final int oddity;
    private final boolean careful;
    private final Names names;
    private final Objects objects;
    private final Features features;
    private final Generators generators;
    private final Plugins plugins;
    private final Substitutions substitutions;
    private final Schemas schemas;

    /** Of its own, so that cases without texts stay what they were before there were any. */
    private final Dice ofTexts;

    private Cases(long seed) {
        this.dice = new Dice(seed);
        this.oddity = dice.pick(0, 3, 10, 25);
        this.careful = dice.percent(65);
        this.names = new Names(dice);
        this.objects = new Objects(dice, names, careful);
        this.features = new Features(dice, this, careful);
        this.generators = new Generators(dice, this, names, careful);
        this.plugins = new Plugins(dice, this, careful);
        this.substitutions = new Substitutions(dice, this, careful);
        this.schemas = new Schemas(dice, this);
        this.ofTexts = new Dice(seed * SPREAD);
    }

    /** The case of a seed; the same for ever, as long as this package does not change. */
    static Case of(long seed) {
        return new Cases(seed).make();
    }

    private Case make() {
        List<Layer> leaves = new ArrayList<>();
        for (int i = dice.between(1, 3); i > 0; i--) {
            leaves.add(layer("base" + i, List.of(), dice.between(1, 4)));
        }
        List<Layer> middle = new ArrayList<>();
        for (int i = dice.between(0, 2); i > 0; i--) {
            List<Layer> below = careful ? parted(leaves, i) : dice.some(leaves, 70);
            middle.add(layer("middle" + i, below, dice.between(0, 2)));
        }
        List<Layer> below = new ArrayList<>(middle);
        below.addAll(leaves);
        layer(ENTRY, middle.isEmpty() ? leaves : careful ? below : dice.some(below, 70), dice.between(0, 1));
        Case made = new Case(files, ENTRY);
        return careful || !dice.one(2) ? made : new Mistakes(dice).in(made);
    }

    /** In careful cases each base is used once. */
    private static List<Layer> parted(List<Layer> leaves, int number) {
        if (number != 1 || leaves.isEmpty()) {
            return List.of();
        }
        List<Layer> taken = new ArrayList<>(leaves);
        leaves.clear();
        return taken;
    }

    private Layer layer(String folder, List<Layer> below, int count) {
        Layer layer = new Layer(folder);
        for (Layer base : below) {
            listIn(layer.kustomization, "resources").add("../" + base.folder);
            layer.objects.addAll(base.objects);
            layer.generated.addAll(base.generated);
        }
        List<Made> known = new ArrayList<>(layer.objects);
        known.addAll(layer.generated);
        resources(layer, count);
        if (dice.one(3)) {
            generators.addTo(layer, known);
        }
        if (dice.one(10)) {
            component(layer);
        }
        features.addTo(layer);
        plugins.addTo(layer);
        substitutions.addTo(layer);
        schemas.addTo(layer);
        if (folder.equals(ENTRY) || dice.one(9)) {
            plugins.options(layer);
        }
        if (folder.equals(ENTRY) && ofTexts.one(6)) {
            new Texts(ofTexts, this).addTo(layer);
        }
        if (layer.kustomization.isEmpty()) {
            layer.kustomization.put("resources", List.of());
        }
        write(layer);
        return layer;
    }

    /** A component that sees what the layer has so far. */
    private void component(Layer layer) {
        Layer component = new Layer(layer.folder + "-component");
        component.component = careful || !dice.one(8);
        component.objects.addAll(layer.objects);
        component.generated.addAll(layer.generated);
        resources(component, dice.between(0, 2));
        List<Made> known = new ArrayList<>(component.objects);
        known.addAll(component.generated);
        if (dice.one(2)) {
            generators.addTo(component, known);
        }
        features.addTo(component);
        plugins.addTo(component);
        if (component.kustomization.isEmpty()) {
            return;
        }
        write(component);
        layer.objects.clear();
        layer.objects.addAll(component.objects);
        layer.generated.clear();
        layer.generated.addAll(component.generated);
        listIn(layer.kustomization, "components").add("../" + component.folder);
    }

    private void resources(Layer layer, int count) {
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(objects.next());
        }
        layer.objects.addAll(made);
        for (int i = 0; !made.isEmpty(); i++) {
            int together = dice.one(3) ? made.size() : 1;
            List<Made> file = new ArrayList<>(made.subList(0, together));
            made.subList(0, together).clear();
            String name = "file" + i + dice.pick(".yaml", ".yaml", ".json", ".yml");
            raw(
                    layer.path(name),
                    name.endsWith(".json") && file.size() == 1 && oddity == 0
                            ? text(file.getFirst().tree())
                            : documents(file));
            listIn(layer.kustomization, "resources").add(dice.pick(name, "./" + name));
        }
    }

    private String documents(List<Made> made) {
        if (made.size() > 1 && dice.percent(oddity)) {
            List<@Nullable Object> items = new ArrayList<>();
            made.forEach(one -> items.add(one.tree()));
            return text(map("apiVersion", "v1", "kind", dice.pick("List", "ConfigMapList"), "items", items));
        }
        StringBuilder out = new StringBuilder(dice.percent(oddity) ? "---\n" : "");
        String separator = "";
        for (Made one : made) {
            out.append(separator).append(text(one.tree()));
            separator =
                    dice.percent(oddity) ? dice.pick("---\n# nothing\n---\n", "---\n---\n", "--- # note\n") : "---\n";
        }
        return out.append(dice.percent(oddity) ? dice.pick("---\n", "...\n", "# end\n", "\n\n") : "")
                .toString();
    }

    private void write(Layer layer) {
        Map<String, @Nullable Object> fields = map();
        if (layer.component) {
            fields.put("kind", "Component");
        } else if (dice.one(2)) {
            fields.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
            fields.put("kind", "Kustomization");
        }
        List<String> order = new ArrayList<>(layer.kustomization.keySet());
        if (dice.one(4)) {
            dice.shuffle(order);
        }
        order.forEach(name -> fields.put(
                dice.percent(oddity) ? dice.pick(name.toUpperCase(Locale.ROOT), name.toLowerCase(Locale.ROOT)) : name,
                layer.kustomization.get(name)));
        yaml(
                layer.path(dice.pick("kustomization.yaml", "kustomization.yaml", "kustomization.yml", "Kustomization")),
                fields);
    }

    @Override
    public void yaml(String path, @Nullable Object tree) {
        files.put(path, text(tree));
    }

    @Override
    public String text(@Nullable Object tree) {
        return YamlText.write(dice, oddity, tree);
    }

    @Override
    public void raw(String path, String text) {
        files.put(path, text);
    }
}
