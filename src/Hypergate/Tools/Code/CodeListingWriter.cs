using System.Globalization;
using Hypergate.Model;

namespace Hypergate.Tools.Code;

/// <summary>Writes found operations at a level of detail. The same catalog gives the same bytes.</summary>
internal sealed class CodeListingWriter(CodeRoom room, int mostBytes)
{
    private const int NamesInALine = 8;
    private const int Examples = 2;
    private const int LongestSummary = 200;
    private const int MostWithExamples = 5;

    private readonly TypeScriptText _text = new(operation => operation.Changes && room.NeedsConsent(CallOf(operation)));

    public CodePage Write(IReadOnlyList<CodeFound> found, string level, int page, bool isWhole)
    {
        var listing = new CodeListing(mostBytes);
        Func<string, string> closing = static _ => "";
        switch (level)
        {
            case "full":
                closing = Full(listing, found, isWhole);
                break;
            case "summary":
                foreach (var one in found.OrderBy(static one => one.Group.Owner, StringComparer.Ordinal).ThenBy(static one => one.Operation.Name, StringComparer.Ordinal))
                {
                    listing.Add(Heading(one.Group), TypeScriptText.Line(one.Operation, one.Group.Owner, ScriptNames.Of(one.Operation)), "");
                }

                break;
            case "names":
                AddNames(listing, found);
                break;
            default:
                AddOverview(listing, found);
                break;
        }

        return listing.Page(page, found.Count, closing);
    }

    // Every part is TypeScript by itself: it declares what it shows.
    private Func<string, string> Full(CodeListing listing, IReadOnlyList<CodeFound> found, bool isWhole)
    {
        foreach (var group in found.GroupBy(static one => one.Group).OrderBy(static group => group.Key.Interface, StringComparer.Ordinal))
        {
            foreach (var operation in group.Select(static one => one.Operation).OrderBy(static operation => operation.Name, StringComparer.Ordinal))
            {
                listing.Add(Opening(group.Key), _text.Member(operation, ScriptNames.Of(operation), group.Key.Operations, isWhole), "}\n");
            }
        }

        var groups = found.Select(static one => one.Group).Distinct().ToList();
        var examples = found.Count <= MostWithExamples ? TypeScriptText.Examples(found.Select(static one => one.Operation)) : "";
        return text => $"{Files(text)}declare const api: {{ {string.Join("; ", OwnersIn(text, groups))} }};\n{examples}";
    }

    private static string Opening(CodeGroup group) => $"interface {group.Interface} {{\n";

    private static string Files(string text) => text.Contains($": {TypeScriptTypes.File}", StringComparison.Ordinal) ? TypeScriptTypes.FileDeclaration : "";

    private static IEnumerable<string> OwnersIn(string text, IEnumerable<CodeGroup> groups) => groups
        .Where(group => text.Contains(Opening(group), StringComparison.Ordinal))
        .SelectMany(static group => group.Backends.Select(backend => $"{ScriptNames.Of(backend.Name)}: {group.Interface}"))
        .Order(StringComparer.Ordinal);

    private static void AddNames(CodeListing listing, IReadOnlyList<CodeFound> found)
    {
        foreach (var domain in found.GroupBy(static one => (one.Group, one.Operation.Domain)).OrderBy(static domain => domain.Key.Group.Owner, StringComparer.Ordinal).ThenBy(static domain => domain.Key.Domain, StringComparer.Ordinal))
        {
            foreach (var line in domain.Select(static one => ScriptNames.Of(one.Operation)).Order(StringComparer.Ordinal).Chunk(NamesInALine))
            {
                listing.Add(Heading(domain.Key.Group), $"{domain.Key.Domain}: {string.Join(", ", line)}\n", "", line.Length);
            }
        }
    }

    private static void AddOverview(CodeListing listing, IReadOnlyList<CodeFound> found)
    {
        foreach (var group in found.GroupBy(static one => one.Group).OrderBy(static group => group.Key.Owner, StringComparer.Ordinal))
        {
            var access = group.GroupBy(static one => one.Operation.Access).OrderBy(static one => one.Key)
                .Select(static one => string.Create(CultureInfo.InvariantCulture, $"{one.Count()} {TypeScriptText.Word(one.Key)}"));
            var examples = group.OrderBy(static one => one.Operation.Parameters.Count(static parameter => parameter.Required)).ThenBy(static one => one.Operation.Name, StringComparer.Ordinal)
                .Take(Examples).Select(static one => $"{one.Group.Owner}.{ScriptNames.Of(one.Operation)}");
            var domains = group.GroupBy(static one => one.Operation.Domain, StringComparer.Ordinal).OrderBy(static domain => domain.Key, StringComparer.Ordinal)
                .Select(static domain => string.Create(CultureInfo.InvariantCulture, $"{domain.Key} {domain.Count()}"));
            var summary = group.Key.Summary.Length == 0 ? "" : $"// {TypeScriptText.Comment(group.Key.Summary, LongestSummary)}\n";
            listing.Add(Heading(group.Key), $"{summary}{string.Join(", ", access)}; such as {string.Join(", ", examples)}\n{string.Join(", ", domains)}\n", "", group.Count());
        }
    }

    private static string Heading(CodeGroup group) => $"// {string.Join(", ", group.Backends.Select(static backend => ScriptNames.Of(backend.Name)))}: {group.Backends[0].Kind.Title}\n";

    private static Call CallOf(Operation operation) => new() { Backend = "", Operation = operation, Caller = Caller.LocalUser, Arguments = default };
}
