using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Catalog;
using Hypergate.Model;

namespace Hypergate.Governance.Confirmation;

/// <summary>Looks up the objects that a call touches, so that the person who agrees sees names, states and places, not only ids.</summary>
/// <param name="catalog">Where the reading operations are found.</param>
/// <param name="subjects">What the backend's kind knows of objects; null where it knows nothing.</param>
/// <param name="run">The pipeline: previews are calls like any other.</param>
/// <param name="clean">Makes a text of the platform fit for one line; supplied from outside, because cleaning belongs to the results.</param>
public sealed class PreviewLookup(LiveCatalog catalog, Func<string, SubjectRules?> subjects, CallNext run, Func<string, string> clean)
{
    private const int MostReferences = 8;

    public async Task<Preview> MakeAsync(Call call, CancellationToken cancellationToken)
    {
        if (subjects(call.Backend) is not { } rules)
        {
            return Preview.Nothing;
        }

        var lines = new List<string>();
        JsonElement? subject = null;
        string? name = null;
        var (id, target) = ("", (CallTarget?)null);
        if (rules.PathOf(call.Operation) is { } path && Arguments(call, path) is { } arguments)
        {
            var (outcome, item) = await ReadAsync(call, path, arguments, cancellationToken);
            if (ProblemOf(call, rules, outcome, item) is { } problem)
            {
                return Preview.Nothing with { Problem = problem };
            }

            id = arguments.Values.Last().ToString();
            subject = item;
            name = item is { } found ? rules.Describe(found).Name : null;
            (var line, target) = await LineAsync(call, rules, item, id, rules.PlaceOf(call), cancellationToken);
            lines.Add(line);
        }

        lines.AddRange(await ReferencesAsync(call, rules, cancellationToken));
        var sight = new SubjectSight(call, subject, await BesideAsync(call, rules, cancellationToken));
        return new Preview(lines, rules.Consequences(sight), name is { Length: > 0 } ? Typable(name, id) : null) { Target = target };
    }

    private static Outcome? ProblemOf(Call call, SubjectRules rules, Outcome? outcome, JsonElement? item) => outcome switch
    {
        Outcome.Failed { Status: 404 } missing => missing,
        _ when item is { } found && rules.Forbids(call, found) is { } reason => new Outcome.Refused("protection", reason),
        _ => null,
    };

    private async Task<IReadOnlyDictionary<string, JsonElement>> BesideAsync(Call call, SubjectRules rules, CancellationToken cancellationToken)
    {
        var read = await Task.WhenAll(rules.Beside(call).Select(async read => (
            read.Path,
            Value: Arguments(call, read.Path) is { } own && await ReadAsync(call, read.Path, With(own, read.Arguments), cancellationToken) is (Outcome.Done done, _) ? done.Value : default)));
        return read.Where(static entry => entry.Value.ValueKind != JsonValueKind.Undefined)
            .ToDictionary(static entry => entry.Path, static entry => entry.Value, StringComparer.Ordinal);
    }

    // The call's own values for the placeholders of another path, in their order; null where one is missing.
    private static Dictionary<string, JsonElement>? Arguments(Call call, string path)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var segment in path.Split('/').Where(static segment => segment.StartsWith('{')))
        {
            if (!call.Arguments.TryGetProperty(segment.Trim('{', '}'), out var value))
            {
                return null;
            }

            values[segment.Trim('{', '}')] = value;
        }

        return values.Count == 0 ? null : values;
    }

    private static Dictionary<string, JsonElement> With(Dictionary<string, JsonElement> own, IReadOnlyDictionary<string, JsonElement> more)
    {
        foreach (var (name, value) in more)
        {
            own[name] = value;
        }

        return own;
    }

    private static Dictionary<string, JsonElement> ById(string id) =>
        new(StringComparer.Ordinal) { ["id"] = JsonSerializer.SerializeToElement(id, ModelJson.Default.String) };

    private async Task<List<string>> ReferencesAsync(Call call, SubjectRules rules, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        if (!call.Arguments.TryGetProperty("body", out var body) || body.ValueKind != JsonValueKind.Object)
        {
            return lines;
        }

        foreach (var property in body.EnumerateObject())
        {
            if (lines.Count < MostReferences
                && property.Value.ValueKind == JsonValueKind.String
                && Guid.TryParse(property.Value.GetString(), out _)
                && rules.ReferencePath(property.Name) is { } path)
            {
                var (_, item) = await ReadAsync(call, path, ById(property.Value.GetString()!), cancellationToken);
                lines.Add($"{property.Name}: {(await LineAsync(call, rules, item, property.Value.GetString()!, null, cancellationToken)).Line}");
            }
        }

        return lines;
    }

    private async Task<(string Line, CallTarget? Target)> LineAsync(
        Call call, SubjectRules rules, JsonElement? item, string id, string? place, CancellationToken cancellationToken)
    {
        if (item is not { } found)
        {
            return ($"{clean(id)} (could not be read)", null);
        }

        var words = rules.Describe(found);
        var (facts, places) = (new List<string>(), new List<string>());
        if (words.State is { } state)
        {
            facts.Add(state);
        }

        if (place is not null)
        {
            places.Add(place);
        }

        foreach (var (path, lies) in words.Places)
        {
            var (_, container) = await ReadAsync(call, path, ById(lies), cancellationToken);
            if (container is { } there)
            {
                var described = rules.Describe(there);
                places.Add($"{described.Kind} {described.Name}");
            }
        }

        return (
            $"{clean(words.Kind)} '{clean(words.Name)}' ({string.Join(", ", [.. facts.Concat(places).Select(clean), $"id {clean(id)}"])})",
            new(clean(words.Kind), id, clean(words.Name), clean(string.Join(", ", places))));
    }

    // A name that cannot be shown as it is cannot be typed either.
    private string Typable(string name, string id) => clean(name) == name ? name : id;

    private async Task<(Outcome? Outcome, JsonElement? Item)> ReadAsync(
        Call call, string path, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken cancellationToken)
    {
        var reading = catalog.Current.Find(call.Backend)?.Operations.FirstOrDefault(operation => operation.Method == "GET" && operation.Path == path);
        if (reading is null)
        {
            return (null, null);
        }

        var outcome = await run(Reading(call, reading, arguments), cancellationToken);
        return (outcome, outcome is Outcome.Done { Value.ValueKind: JsonValueKind.Object } done ? done.Value : null);
    }

    private static Call Reading(Call call, Operation reading, IReadOnlyDictionary<string, JsonElement> arguments) => call with
    {
        Operation = reading,
        Id = Guid.NewGuid().ToString("n"),
        Arguments = JsonSerializer.SerializeToElement(arguments, ModelJson.Default.IReadOnlyDictionaryStringJsonElement),
        Tool = "preview",
        Notes = null,
        ConfirmToken = null,
        AsksAhead = false,
        Conversation = Conversation.Silent,
    };
}
