package dev.plumbline.controller.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a real kube-apiserver 1.34 made of each sequence, recorded by {@code -Pcluster -Dplumbline.record=true}. */
public final class SequenceGolden {

    private SequenceGolden() {}

    /** The text of a golden file. */
    public static String write(Map<Integer, List<Sequences.Step>> sequences) {
        return sequences.entrySet().stream()
                .map(entry -> entry.getKey() + " " + Sequences.kind(entry.getKey()) + " "
                        + entry.getValue().stream().map(Sequences.Step::digest).collect(Collectors.joining(" ")) + "\n")
                .collect(Collectors.joining());
    }

    /** Where these sequences and the recorded ones part; at most one step per sequence. */
    public static List<String> differences(Map<Integer, List<Sequences.Step>> sequences) throws IOException {
        Map<Integer, List<String>> recorded = read();
        List<String> differences = new ArrayList<>();
        sequences.forEach((seed, steps) -> {
            List<String> expected = Objects.requireNonNullElse(recorded.get(seed), List.of());
            for (int i = 0; i < steps.size(); i++) {
                String digest = i < expected.size() ? expected.get(i) : "nothing";
                if (!steps.get(i).digest().equals(digest)) {
                    differences.add("sequence " + seed + ", step " + i + ": "
                            + steps.get(i).operation() + "\n   made "
                            + steps.get(i).outcome() + "\n   which is not what the real server made (" + digest
                            + "); ./mvnw verify -Pcluster shows how they differ");
                    break;
                }
            }
        });
        return differences;
    }

    private static Map<Integer, List<String>> read() throws IOException {
        Map<Integer, List<String>> recorded = new TreeMap<>();
        try (InputStream in = SequenceGolden.class.getResourceAsStream("sequences.txt")) {
            if (in == null) {
                return recorded;
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                List<String> words = List.of(line.split(" "));
                recorded.put(Integer.parseInt(words.get(0)), words.subList(2, words.size()));
            }
        }
        return recorded;
    }
}
