package dev.plumbline.tests.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an API server counted of the requests that it answered ({@code apiserver_request_total}). */
final class ApiRequests implements AutoCloseable {

    private static final Pattern LINE = Pattern.compile("apiserver_request_total\\{(.*)} ([0-9.e+]+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final KubernetesClient client;

    ApiRequests(Path kubeconfig) {
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    /** Requests so far by verb and resource, without watches, which last, and without leases. */
    Map<String, Long> byVerbAndResource() {
        Map<String, Long> counts = new TreeMap<>();
        for (String line : client.raw("/metrics").split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            Map<String, String> labels = new TreeMap<>();
            Matcher label = LABEL.matcher(matcher.group(1));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
            String resource = labels.getOrDefault("resource", "");
            if (!"WATCH".equals(labels.get("verb")) && !resource.equals("leases") && !resource.isEmpty()) {
                counts.merge(
                        labels.get("verb") + " " + resource, (long) Double.parseDouble(matcher.group(2)), Long::sum);
            }
        }
        return counts;
    }

    /** What came since. */
    static Map<String, Long> since(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Long> more = new TreeMap<>();
        after.forEach((name, count) -> {
            long difference = count - before.getOrDefault(name, 0L);
            if (difference != 0) {
                more.put(name, difference);
            }
        });
        return more;
    }

    static long total(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        client.close();
    }
}
