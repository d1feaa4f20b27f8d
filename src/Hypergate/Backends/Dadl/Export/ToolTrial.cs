using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>Holds a tool against its operation with sample arguments: the required ones alone, each other one added, all together.</summary>
/// <param name="tool">As it was meant.</param>
/// <param name="made">As it was read from the file.</param>
/// <param name="comparison">Makes the requests.</param>
internal sealed class ToolTrial(ExportTool tool, Operation made, RequestComparison comparison)
{
    private const int Variants = 3;

    private readonly List<LeftOut> _leftOut = [];
    private readonly Dictionary<ExportArgument, Samples> _samples = tool.Arguments.ToDictionary(static argument => argument, Samples.Of, (IEqualityComparer<ExportArgument>)ReferenceEqualityComparer.Instance);
    private readonly List<ExportArgument> _required = [.. tool.Arguments.Where(static argument => argument.IsRequired)];
    private readonly Dictionary<ExportArgument, string> _phrases = new((IEqualityComparer<ExportArgument>)ReferenceEqualityComparer.Instance);
    private bool? _holdsWhole;

    public ToolProof Judge()
    {
        if (_required.Find(argument => Obstacle(argument) is not null) is { } impossible)
        {
            return Without($"needs {impossible.Words}: {Obstacle(impossible)}");
        }

        var variants = Enumerable.Range(0, Variants).Select(number => Sample(_required, number)).Select(values => (Values: values, Result: Compare(values))).ToList();
        if ((variants.Find(static variant => variant.Result.End == Comparison.Different).Result ?? (variants.Exists(static variant => variant.Result.End == Comparison.Same) ? null : variants[0].Result)) is { } fault)
        {
            return Without(fault.Words);
        }

        var least = variants.Find(static variant => variant.Result.End == Comparison.Same).Values;
        var good = tool.Arguments.Where(argument => Stays(argument, least)).ToList();
        if (_required.Find(argument => !good.Contains(argument)) is { } lost)
        {
            return Without($"needs {lost.Words}: {_phrases[lost]}");
        }

        good = Together(good);
        return new ToolProof(good.Count == tool.Arguments.Count ? tool : tool with { Arguments = good }, _leftOut);
    }

    // With each of its values, beside what is required.
    private bool Stays(ExportArgument argument, List<(ExportArgument Argument, JsonElement Value)> least)
    {
        if (Obstacle(argument) is { } obstacle)
        {
            return Leave(argument, obstacle);
        }

        var results = _samples[argument].Sayable.Select(value => Compare(With(argument, value, least))).ToList();
        if (results.Find(static result => result.End == Comparison.Different) is { } different)
        {
            return Leave(argument, different.Words);
        }

        if (!results.Exists(static result => result.End == Comparison.Same))
        {
            return Leave(argument, "makes no request that can be compared");
        }

        if (_samples[argument].HasUnsayable && !(argument.IsField && HoldsWhole))
        {
            _leftOut.Add(new LeftOut(tool.Operation.Name, LeftOutKind.Part, argument.Words, $"as {Words(argument.Parts[0].Parameter.Type)} alone"));
        }

        return true;
    }

    // Why nothing of it can be said; null where something can.
    private string? Obstacle(ExportArgument argument) =>
        argument.Parts is [{ IsImplicit: true, Parameter.Name: "_body" }] && made.Rules!.BodyArgument is null ? "given whole, it goes only with POST, PUT and PATCH that change something"
        : argument.Parts.Count == 0 || _samples[argument].Sayable.Count == 0 ? argument.Obstacle
        : null;

    // In the order of the tool.
    private List<(ExportArgument Argument, JsonElement Value)> With(ExportArgument argument, JsonElement value, List<(ExportArgument Argument, JsonElement Value)> least) =>
        [.. tool.Arguments.SelectMany(one => ReferenceEquals(one, argument) ? [(one, value)] : least.Where(given => ReferenceEquals(given.Argument, one)))];

    private bool HoldsWhole => _holdsWhole ??= tool.WholeBody is { } whole && made.Rules!.BodyArgument is not null
        && Samples.Of(whole) is var samples && samples.Sayable.All(value => Compare([.. Sample(_required.FindAll(static argument => !argument.IsField), 0), (whole, value)]).End == Comparison.Same);

    private bool Leave(ExportArgument argument, string phrase)
    {
        _phrases[argument] = phrase;
        _leftOut.Add(argument.IsField && HoldsWhole
            ? new LeftOut(tool.Operation.Name, LeftOutKind.Part, argument.Words, "in _body alone")
            : new LeftOut(tool.Operation.Name, LeftOutKind.Parameter, argument.Words, phrase));
        return false;
    }

    // Each was good alone: one that is not beside the others goes.
    private List<ExportArgument> Together(List<ExportArgument> good)
    {
        if (AreSame(good))
        {
            return good;
        }

        var kept = _required;
        foreach (var argument in good.Where(static argument => !argument.IsRequired))
        {
            List<ExportArgument> more = [.. good.Where(one => ReferenceEquals(one, argument) || kept.Contains(one))];
            if (AreSame(more))
            {
                kept = more;
            }
            else
            {
                Leave(argument, "makes another request beside the others");
            }
        }

        return kept;
    }

    private bool AreSame(List<ExportArgument> arguments) => Enumerable.Range(0, Variants).All(number => Compare(Sample(arguments, number)).End != Comparison.Different);

    private Compared Compare(IReadOnlyList<(ExportArgument Argument, JsonElement Value)> values) => comparison.Compare(tool, made, values);

    private List<(ExportArgument Argument, JsonElement Value)> Sample(List<ExportArgument> arguments, int number) => arguments.ConvertAll(argument => (argument, _samples[argument].At(number)));

    private static string Words(string type) => type switch
    {
        "string" => "a text",
        "file_url" => "one file",
        "array" => "a list",
        "object" => "an object",
        "boolean" => "true or false",
        _ => "a number",
    };

    private ToolProof Without(string reason) => tool.WholeBody is not null
        ? new ToolProof(tool.AsWhole(), [])
        : new ToolProof(null, [new LeftOut(tool.Operation.Name, LeftOutKind.Operation, "", reason)]);

    // Values of an argument, those for which the tool has words apart.
    private sealed record Samples(IReadOnlyList<JsonElement> Sayable, bool HasUnsayable, JsonElement First)
    {
        public static Samples Of(ExportArgument argument)
        {
            var all = SampleValues.Of(argument.Schema);
            List<JsonElement> sayable = [.. all.Where(value => argument.Parts.All(part => part.Convert(value) is not null))];
            return new Samples(sayable, sayable.Count < all.Count, all[0]);
        }

        public JsonElement At(int number) => Sayable.Count == 0 ? First : Sayable[Math.Min(number, Sayable.Count - 1)];
    }
}
