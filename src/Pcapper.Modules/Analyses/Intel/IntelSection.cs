using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Intel;

/// <summary>Writes the section of intelligence.</summary>
internal static class IntelSection
{
    public static void Write(List<IntelSubject> subjects, int left, IReputation reputation, Section section)
    {
        Reputation[] answers = [.. subjects.SelectMany(s => s.Answers)];
        if (reputation.Services.Count == 0)
        {
            section.Headline("nobody was asked");
        }
        else if (subjects.Count == 0)
        {
            section.Headline("there is nothing to ask about");
        }
        else if (reputation.IsDryRun)
        {
            int sent = answers.Count(a => a.State == ReputationState.WouldAsk);
            section.Headline($"nothing was sent: {Units.Count(sent, "look-up")} would be");
            section.Fact("would_send", "look-ups", sent);
        }
        else
        {
            int bad = subjects.Count(s => IntelJudge.Sum(s.Answers) is not null);
            int got = answers.Count(a => a.State is ReputationState.Known or ReputationState.Unknown);
            section.Headline($"{Units.Count(got, "answer")} about {Units.Count(subjects.Count, "value")} from {string.Join(", ", reputation.Services)}: {(bad == 0 ? "nothing against them" : $"something against {Units.Count(bad)}")}");
            section.Fact("answers", "answers", got).Fact("cached", "of earlier runs", answers.Count(a => a.IsCached)).Fact("against", "values with something against them", bad);
        }

        foreach (string trouble in reputation.Troubles)
        {
            section.Note(trouble);
        }

        if (left > 0)
        {
            section.Note($"{Units.Count(left, "more value")} not asked about: no more than {Units.Count(reputation.Most)} are (PCAPPER_IP_INTEL_LIMIT).");
        }

        if (reputation.IsDryRun)
        {
            Questions(answers, section);
        }
        else
        {
            Answers(subjects, section);
        }
    }

    private static void Questions(Reputation[] answers, Section section)
    {
        if (answers.Length == 0)
        {
            return;
        }

        Table table = section.Table("questions", "what would be sent, and to whom", new("service", "service"), new("kind", "kind"), new("value", "value") { AtLeast = 24 }, new("sent", "would be sent"));
        table.Shown = 100;
        foreach (Reputation answer in answers)
        {
            table.Row(answer.Service, ReportWord(answer), Value(answer), answer.State == ReputationState.WouldAsk ? "yes" : "no, an answer is kept");
        }
    }

    private static void Answers(List<IntelSubject> subjects, Section section)
    {
        var rows = subjects
            .SelectMany(subject => subject.Answers.Where(a => a.State is ReputationState.Known or ReputationState.Unknown).Select(answer => (Subject: subject, Answer: answer, Level: IntelJudge.Level(answer))))
            .OrderByDescending(row => IntelJudge.Sum(row.Subject.Answers)?.Severity).ThenBy(row => row.Answer.Question.Kind).ThenBy(row => row.Answer.Question.Value, StringComparer.Ordinal)
            .ToList();
        if (rows.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "answers", "what they say", new("kind", "kind"), new("value", "value") { AtLeast = 24 }, new("service", "service"), new("verdict", "verdict"), new("numbers", "numbers"),
            new("reported", "last reported", CellKind.Date), new("cached", "of an earlier run", CellKind.Boolean), new("hosts", "hosts", CellKind.Texts), new("frames", "first frames", CellKind.Frames));
        foreach ((IntelSubject subject, Reputation answer, IntelLevel level) in rows)
        {
            Observable seen = subject.Seen();
            var frames = new FrameSample();
            foreach (FrameRef frame in seen.Frames)
            {
                frames.Add(frame);
            }

            table.Row(
                ReportWord(answer), Value(answer), answer.Service, answer.IsTrusted ? "trusted" : IntelJudge.Word(level), IntelJudge.Numbers(answer), Cell.Date(answer.Reported), answer.IsCached,
                Cell.List(seen.Hosts), Cell.Frames(frames));
        }
    }

    private static string ReportWord(Reputation answer) => new Observable(answer.Question.Kind, answer.Question.Value).Type;

    private static Cell Value(Reputation answer) => answer.Question.Kind == IndicatorKind.Sha256 ? Cell.Text(answer.Question.Value) : Cell.Live(answer.Question.Value);
}
