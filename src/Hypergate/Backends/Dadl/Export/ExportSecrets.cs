using System.Text.Json;
using Hypergate.Descriptions;
using Hypergate.Model;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>What of a kind's answers nobody may see, as the paths of a file.</summary>
/// <param name="rules">What the kind hides.</param>
/// <param name="operations">All that the file holds.</param>
internal sealed class ExportSecrets(RedactionRules rules, IReadOnlyList<Operation> operations)
{
    private readonly HashSet<string> _hidden = [.. rules.Hidden.Concat(rules.HiddenUnlessAsked).Select(static name => Tails(name).First())];
    private readonly ILookup<string, Operation> _byPath = operations.ToLookup(static operation => operation.Path, StringComparer.Ordinal);

    /// <summary>Below the result of an operation that reads; none for others.</summary>
    public IReadOnlyList<string> PathsOf(Operation operation) => operation.Method != "GET" ? [] : operation.Result switch
    {
        ResultShape.List => [.. Secrets(operation.KnownFields).Select(static name => $"$[*]{Step(name)}")],
        ResultShape.One => [.. Secrets(FieldsOfOne(operation)).Select(static name => $"${Step(name)}")],
        _ => [],
    };

    // An object has the fields of its list, and those that can be written to it.
    private IEnumerable<string> FieldsOfOne(Operation operation) =>
        _byPath[ListOf(operation.Path)].SelectMany(static list => list.KnownFields)
            .Concat(_byPath[operation.Path].SelectMany(static write => FieldsOf(write.Body)));

    private static string ListOf(string path) => path.EndsWith('}') ? path[..Math.Max(0, path.LastIndexOf('/'))] : "";

    private static IEnumerable<string> FieldsOf(RequestBody? body) =>
        body is { Schema.ValueKind: JsonValueKind.Object } && body.Schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject().Select(static property => property.Name)
            : [];

    private IEnumerable<string> Secrets(IEnumerable<string> fields) => fields.Where(field => Tails(field).Any(_hidden.Contains)).Distinct(StringComparer.Ordinal);

    // root_password ends in password: the whole name first, then without its first word, and so on.
    private static IEnumerable<string> Tails(string name)
    {
        var words = Words.Split(name);
        return Enumerable.Range(0, Math.Max(1, words.Count)).Select(start => string.Concat(words.Skip(start)));
    }

    private static string Step(string name) => name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? $".{name}" : $"[\"{name}\"]";
}
