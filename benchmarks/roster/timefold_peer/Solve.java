package peer;

import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.constructionheuristic.ConstructionHeuristicPhaseConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.composite.UnionMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.ChangeMoveSelectorConfig;
import ai.timefold.solver.core.config.heuristic.selector.move.generic.SwapMoveSelectorConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchPhaseConfig;
import ai.timefold.solver.core.config.localsearch.LocalSearchType;
import ai.timefold.solver.core.config.solver.SolverConfig;
import ai.timefold.solver.core.config.solver.termination.TerminationConfig;
import ai.timefold.solver.core.impl.solver.DefaultSolver;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StreamTokenizer;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import peer.Roster.Assistant;
import peer.Roster.Rules;
import peer.Roster.Shift;
import peer.Roster.Wish;

/** A roster as JSON on standard input; on standard output who has each shift (-1: nobody), the score and the moves. */
public final class Solve {
    public static void main(String[] arguments) throws Exception {
        var given = (Map<?, ?>) read(new StreamTokenizer(new InputStreamReader(System.in, StandardCharsets.US_ASCII)));
        SolverConfig config = new SolverConfig()
                .withSolutionClass(Roster.class)
                .withEntityClasses(Shift.class)
                .withConstraintProviderClass(RosterConstraints.class)
                .withRandomSeed((Long) given.get("seed"))
                .withTerminationConfig(new TerminationConfig().withMillisecondsSpentLimit((Long) given.get("milliseconds")))
                .withPhases(
                        new ConstructionHeuristicPhaseConfig(),
                        new LocalSearchPhaseConfig()
                                .withLocalSearchType(LocalSearchType.LATE_ACCEPTANCE)
                                .withMoveSelectorConfig(new UnionMoveSelectorConfig()
                                        .withMoveSelectors(new ChangeMoveSelectorConfig(), new SwapMoveSelectorConfig())));
        var solver = (DefaultSolver<Roster>) SolverFactory.<Roster>create(config).buildSolver();
        Roster found = solver.solve(roster(given));
        System.out.printf(
                "{\"owners\": %s, \"hard\": %d, \"soft\": %d, \"moves\": %d, \"version\": \"%s\"}%n",
                found.shifts.stream().map(s -> s.assistant == null ? -1 : s.assistant.id).toList(),
                found.score.hardScore(), found.score.softScore(), solver.getMoveEvaluationCount(),
                SolverFactory.class.getPackage().getImplementationVersion());
    }

    private static Roster roster(Map<?, ?> given) throws IllegalAccessException {
        Rules rules = filled(new Rules(), given.get("rules"));
        Roster roster = new Roster();
        roster.assistants = all(Assistant::new, given.get("assistants"));
        roster.assistants.forEach(one -> one.rules = rules);
        roster.wishes = all(Wish::new, given.get("wishes"));
        roster.shifts = all(Shift::new, given.get("shifts"));
        roster.shifts.forEach(shift -> shift.rules = rules);
        List<?> wishers = (List<?>) given.get("wishers");
        for (int wish = 0; wish < wishers.size(); wish++) {
            roster.wishes.get(wish).assistant = roster.assistants.get(((Long) wishers.get(wish)).intValue());
        }
        List<?> able = (List<?>) given.get("able");
        for (int shift = 0; shift < able.size(); shift++) {
            roster.shifts.get(shift).candidates =
                    ((List<?>) able.get(shift)).stream().map(a -> roster.assistants.get(((Long) a).intValue())).toList();
        }
        return roster;
    }

    private static <T> List<T> all(Supplier<T> make, Object given) throws IllegalAccessException {
        List<T> made = new ArrayList<>();
        for (Object one : (List<?>) given) {
            made.add(filled(make.get(), one));
        }
        return made;
    }

    /** The fields that are given, each by its name. */
    private static <T> T filled(T made, Object given) throws IllegalAccessException {
        for (Field field : made.getClass().getFields()) {
            Object value = ((Map<?, ?>) given).get(field.getName());
            if (value != null) {
                field.set(made, value);
            }
        }
        return made;
    }

    /** Objects, lists, names, whole numbers, true and false: all of JSON that is sent here. */
    private static Object read(StreamTokenizer in) throws IOException {
        switch (in.nextToken()) {
            case StreamTokenizer.TT_NUMBER:
                return (long) in.nval;
            case StreamTokenizer.TT_WORD:
                return in.sval.equals("true");
            case '[':
                List<Object> list = new ArrayList<>();
                while (in.nextToken() != ']') {
                    if (in.ttype != ',') {
                        in.pushBack();
                    }
                    list.add(read(in));
                }
                return list;
            case '{':
                Map<String, Object> object = new HashMap<>();
                while (in.nextToken() != '}') {
                    if (in.ttype == ',') {
                        in.nextToken();
                    }
                    String name = in.sval;
                    in.nextToken(); // the colon
                    object.put(name, read(in));
                }
                return object;
            default:
                throw new IOException("not such JSON: " + in);
        }
    }
}
