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
        var hasId = call.Arguments.TryGetProperty("id", out var id);
        if (rules.PathOf(call.Operation) is { } path && hasId)
        {
            var (outcome, item) = await ReadAsync(call, path, id.ToString(), cancellationToken);
            if (outcome is Outcome.Failed { Status: 404 } missing)
            {
                return Preview.Nothing with { Problem = missing };
            }

            subject = item;
            name = item is { } found ? rules.Describe(found).Name : null;
            lines.Add(await LineAsync(call, rules, item, id.ToString(), cancellationToken));
        }

        lines.AddRange(await ReferencesAsync(call, rules, cancellationToken));
        return new Preview(lines, rules.Consequences(call, subject), name is { Length: > 0 } ? Typable(name, id.ToString()) : null);
    }

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
                var (_, item) = await ReadAsync(call, path, property.Value.GetString()!, cancellationToken);
                lines.Add($"{property.Name}: {await LineAsync(call, rules, item, property.Value.GetString()!, cancellationToken)}");
            }
        }

        return lines;
    }

    private async Task<string> LineAsync(Call call, SubjectRules rules, JsonElement? item, string id, CancellationToken cancellationToken)
    {
        if (item is not { } found)
        {
            return $"{clean(id)} (could not be read)";
        }

        var words = rules.Describe(found);
        var facts = new List<string>();
        if (words.State is { } state)
        {
            facts.Add(state);
        }

        foreach (var (path, place) in words.Places)
        {
            var (_, container) = await ReadAsync(call, path, place, cancellationToken);
            if (container is { } there)
            {
                var described = rules.Describe(there);
                facts.Add($"{described.Kind} {described.Name}");
            }
        }

        facts.Add($"id {id}");
        return $"{clean(words.Kind)} '{clean(words.Name)}' ({string.Join(", ", facts.Select(clean))})";
    }

    // A name that cannot be shown as it is cannot be typed either.
    private string Typable(string name, string id) => clean(name) == name ? name : id;

    private async Task<(Outcome? Outcome, JsonElement? Item)> ReadAsync(Call call, string path, string id, CancellationToken cancellationToken)
    {
        var reading = catalog.Current.Find(call.Backend)?.Operations.FirstOrDefault(operation => operation.Method == "GET" && operation.Path == path);
        if (reading is null)
        {
            return (null, null);
        }

        var outcome = await run(Reading(call, reading, id), cancellationToken);
        return (outcome, outcome is Outcome.Done { Value.ValueKind: JsonValueKind.Object } done ? done.Value : null);
    }

    private static Call Reading(Call call, Operation reading, string id) => call with
    {
        Operation = reading,
        Id = Guid.NewGuid().ToString("n"),
        Arguments = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["id"] = id }, ModelJson.Default.DictionaryStringString),
        Tool = "preview",
        ConfirmToken = null,
        Conversation = Conversation.Silent,
    };
}
