package dev.plumbline.tests.operator;

import dev.plumbline.registry.json.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs that look at a deployed model, each with other fresh data, and one that misses the gate of the whole pipeline. They are begun
 * together, because most of a run on a node is waiting.
 */
final class NodeRetrainings {

    /** Which runs there are, by what is seeded and what must follow. */
    enum Seed {
        /** The data that the model was made from. */
        NOTHING,
        /** Other customers, all of them with high charges, on whom nobody can be better than the model. */
        DRIFT,
        /** Who left before stays now; nobody asked for a deployment. */
        LOSS,
        /** The same, and a deployment is asked for. */
        LOSS_TO_DEPLOY,
        /** The whole pipeline, for a model from which more is wanted than it can. */
        GATE
    }

    private static final int TENURE = 1;
    private static final int CHARGE = 2;
    private static final int CALLS = 3;
    private static final int LATE = 4;
    private static final int CONTRACT = 5;
    private static final int CHURNED = 6;

    private final NodePlatform platform;
    private final Map<Seed, String> runs = new LinkedHashMap<>();

    private NodeRetrainings(NodePlatform platform) {
        this.platform = platform;
    }

    /** Seeds the data and begins the runs as somebody, on this model. */
    static NodeRetrainings begin(NodePlatform platform, Path person, String model) throws Exception {
        NodeRetrainings begun = new NodeRetrainings(platform);
        platform.sampleData("drift", "--rows", "20000", "--seed", "7");
        begun.edit("drift", NodeRetrainings::plain);
        platform.sampleData("loss", "--seed", "7");
        begun.edit("loss", NodeRetrainings::turned);
        begun.retrain(Seed.NOTHING, person, model, "mlops-dev-raw-data", true);
        begun.retrain(Seed.DRIFT, person, model, "drift", true);
        begun.retrain(Seed.LOSS, person, model, "loss", false);
        begun.retrain(Seed.LOSS_TO_DEPLOY, person, model, "loss", true);
        begun.runs.put(
                Seed.GATE,
                platform.begun(
                        person,
                        List.of("ml-pipeline-template"),
                        "model-name=refused",
                        "output-path=s3://mlops-dev-curated-data/gate/",
                        "performance-threshold=1",
                        "ecr-repository=123456789012.dkr.ecr.eu-west-1.amazonaws.com/sklearnserver"));
        return begun;
    }

    private void retrain(Seed seed, Path person, String model, String bucket, boolean deploy) {
        runs.put(
                seed,
                platform.begun(
                        person,
                        List.of("model-retraining-template"),
                        "model-name=" + model,
                        "data-path=s3://" + bucket + "/",
                        "auto-deploy=" + deploy));
    }

    /** The Workflow when it has ended. */
    Map<String, @Nullable Object> ended(Seed seed) throws Exception {
        return platform.ended(String.valueOf(runs.get(seed)));
    }

    /** The phase of a task of a run; empty where it has none. */
    static String phase(Map<String, @Nullable Object> run, String task) {
        for (Object node : Tree.map(run, "status", "nodes").values()) {
            if (Tree.text(node, "displayName").equals(task)) {
                return Tree.text(node, "phase");
            }
        }
        return "";
    }

    private void edit(String bucket, UnaryOperator<String> change) throws IOException {
        Path file = platform.desk().bucket(bucket).resolve("customers.csv");
        List<String> lines = Files.readAllLines(file);
        List<String> edited = new ArrayList<>(List.of(lines.getFirst()));
        lines.stream().skip(1).map(change).filter(line -> !line.isEmpty()).forEach(edited::add);
        Files.write(file, edited);
    }

    /** Keeps those who pay much and of whom it is plain whether they leave; see the score in the script that makes the data. */
    private static String plain(String line) {
        String[] cells = line.split(",", -1);
        int tenure = Integer.parseInt(cells[TENURE]);
        int calls = Integer.parseInt(cells[CALLS]);
        boolean leaves = calls >= 4 && tenure < 40 && cells[CHURNED].equals("1");
        boolean stays = calls == 0
                && cells[LATE].equals("0")
                && tenure > 36
                && !cells[CONTRACT].equals("1")
                && cells[CHURNED].equals("0");
        return Double.parseDouble(cells[CHARGE]) > 80 && (leaves || stays) ? line : "";
    }

    private static String turned(String line) {
        String others = line.substring(0, line.length() - 1);
        return others + (line.endsWith("1") ? "0" : "1");
    }
}
