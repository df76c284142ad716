package dev.plumbline.controller.local.runner;

import java.nio.file.Path;

/**
 * Where the runner keeps things below the data folder: {@code runs/<uid>/<node>.log}, {@code runs/<uid>/artifacts.json},
 * {@code runs/<uid>/<node>/} (private to one step), {@code artifacts/<key>}, {@code volumes/<claim>},
 * {@code runner/children/<node>} (processes that run).
 *
 * @param data the data folder
 */
record RunFolder(Path data) {

    Path run(String uid) {
        return data.resolve("runs").resolve(uid);
    }

    Path log(String uid, String nodeId) {
        return run(uid).resolve(nodeId + ".log");
    }

    Path step(String uid, String nodeId) {
        return run(uid).resolve(nodeId);
    }

    Path artifactRecord(String uid) {
        return run(uid).resolve("artifacts.json");
    }

    Path artifacts() {
        return data.resolve("artifacts");
    }

    Path volume(String claim) {
        return data.resolve("volumes").resolve(claim);
    }

    Path children() {
        return data.resolve("runner").resolve("children");
    }
}
