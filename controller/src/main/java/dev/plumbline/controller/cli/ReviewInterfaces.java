package dev.plumbline.controller.cli;

import dev.plumbline.registry.model.ObjectKey;
import dev.plumbline.registry.review.Review;
import dev.plumbline.registry.review.Shared;
import dev.plumbline.registry.template.BrokenConsumer;
import dev.plumbline.registry.template.Bump;
import dev.plumbline.registry.template.InterfaceChange;
import dev.plumbline.registry.template.TemplateChanges;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The part of a review about interfaces: each template whose interface changes, and whose use of it breaks. */
final class ReviewInterfaces {

    private static final int MAX_DETAILS = 30;

    private final Review review;
    private final ReviewForm form;

    ReviewInterfaces(Review review, ReviewForm form) {
        this.review = review;
        this.form = form;
    }

    /**
     * Writes it, if there is something to say.
     *
     * @param where says in which environments
     */
    void write(Function<Shared<?>, String> where) {
        Map<ObjectKey, List<String>> broken = new LinkedHashMap<>();
        for (Shared<BrokenConsumer> one : review.brokenConsumers()) {
            broken.computeIfAbsent(Shared.anywhere(one.what().template()), key -> new ArrayList<>())
                    .add("breaks " + form.code(ReviewPage.name(one.what().consumer())) + " at "
                            + form.code(one.what().location().toString()) + where.apply(one) + ": "
                            + form.code(one.what().message()));
        }
        List<Shared<TemplateChanges>> templates = review.templates();
        if (templates.isEmpty() && broken.isEmpty()) {
            return;
        }
        form.section("Interfaces of templates");
        List<Shared<TemplateChanges>> changed = templates.stream()
                .filter(one -> one.what().bump().compareTo(Bump.PATCH) > 0)
                .sorted(Comparator.comparing(
                                (Shared<TemplateChanges> one) -> one.what().bump())
                        .reversed())
                .toList();
        for (Shared<TemplateChanges> one : changed) {
            List<String> details = new ArrayList<>();
            List<String> consumers = broken.remove(Shared.anywhere(one.what().template()));
            details.addAll(consumers == null ? List.of() : consumers);
            one.what().changes().forEach(change -> details.add(change(change)));
            form.item(
                    form.code(one.what().template().display()) + " needs a "
                            + form.strong(bump(one.what().bump())) + " version" + where.apply(one),
                    bounded(details));
        }
        broken.forEach(
                (template, consumers) -> form.item(form.code(template.display()) + " changes", bounded(consumers)));
        int others = templates.size() - changed.size();
        if (others > 0) {
            form.item(
                    ReviewVerdict.count(others, "template") + (others == 1 ? " changes" : " change")
                            + " behind the same interface (patch)",
                    List.of());
        }
    }

    private String change(InterfaceChange change) {
        return bump(change.bump()) + (change.place().isEmpty() ? "" : " " + form.code(change.place())) + ": "
                + form.code(change.message());
    }

    private static List<String> bounded(List<String> details) {
        List<String> some = new ArrayList<>(details.subList(0, Math.min(details.size(), MAX_DETAILS)));
        if (details.size() > MAX_DETAILS) {
            some.add("… and " + (details.size() - MAX_DETAILS) + " more");
        }
        return some;
    }

    private static String bump(Bump bump) {
        return bump.name().toLowerCase(Locale.ROOT);
    }
}
