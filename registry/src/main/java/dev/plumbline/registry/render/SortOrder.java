package dev.plumbline.registry.render;

import java.util.List;

/** {@code sortOptions} of the kustomization that is built (that of a base counts for nothing): the order of the objects. */
final class SortOrder {

    private static final List<String> ORDERS = List.of("fifo", "legacy");

    private SortOrder() {}

    /** Sorts as the kustomization asks; where it does not ask, in kustomize's own order. */
    static void sort(List<Resource> resources, Fields kustomization, Problems problems) {
        Fields options = kustomization.map("sortOptions");
        if (options == null) {
            LegacyOrder.sort(resources);
            return;
        }
        options.onlyKnown(List.of("order", "legacySortOptions"), "sortOptions");
        String order = options.text("order");
        Fields lists = options.map("legacySortOptions");
        if (!ORDERS.contains(order)) {
            problems.error(
                    "render-sort-options", options.place(), "the order must be fifo or legacy", "write order: fifo");
        } else if (order.equals("fifo") && lists != null) {
            problems.error(
                    "render-sort-options",
                    lists.place(),
                    "legacySortOptions together with the order fifo",
                    "write order: legacy, or remove the lists");
        } else if (order.equals("legacy") && lists == null) {
            LegacyOrder.sort(resources);
        } else if (lists != null) {
            lists.onlyKnown(List.of("orderFirst", "orderLast"), "legacySortOptions");
            LegacyOrder.sort(resources, kinds(lists, "orderFirst"), kinds(lists, "orderLast"));
        }
    }

    private static List<String> kinds(Fields lists, String field) {
        return lists.texts(field).stream().map(LocatedText::value).toList();
    }
}
