using System.Globalization;
using Hypergate.Backends;
using Hypergate.Tools;

namespace Hypergate.Host.Composition;

/// <summary>Prompts for work on any platform, and the prompts and guides that kinds of platforms bring along where one is configured.</summary>
internal static class KindTexts
{
    public static IReadOnlyList<PromptDefinition> Prompts(ToolSurroundings surroundings)
    {
        // Where every platform has names of its own for them, a person would see each twice.
        var own = Kinds(surroundings).Select(static kind => kind.Prompts()).ToList();
        var general = own.Count > 0 && own.TrueForAll(static prompts => prompts.Count > 0) ? [] : WorkPrompts.All;
        return
        [
            .. general.Concat(own.SelectMany(static prompts => prompts)).Select(prompt => new PromptDefinition(prompt.Name, prompt.Title, prompt.Description, prompt.Text)
            {
                Opening = () => Opening(surroundings),
                Arguments = [.. prompt.Arguments.Select(static argument => new PromptParameter(argument.Name, argument.Description, argument.IsRequired, argument.StandIn))],
            }),
        ];
    }

    public static IReadOnlyList<GuideDefinition> Guides(ToolSurroundings surroundings) =>
    [
        .. Kinds(surroundings).SelectMany(static kind => kind.Guides())
            .Select(static guide => new GuideDefinition(guide.Address, guide.Address[(guide.Address.LastIndexOf('/') + 1)..], guide.Title, guide.Description, guide.Text)),
    ];

    private static IEnumerable<BackendKind> Kinds(ToolSurroundings surroundings) => surroundings.Backends.Select(static backend => backend.Kind).DistinctBy(static kind => kind.Name);

    // What an assistant must know before it begins: where it is, how much there is, what may be done.
    private static string Opening(ToolSurroundings surroundings)
    {
        var catalog = surroundings.Catalog.Current;
        return string.Concat(surroundings.Backends.Select(backend =>
        {
            var shown = surroundings.Shown(catalog, backend.Name).ToList();
            var tags = string.Join(", ", shown.SelectMany(static operation => operation.Tags).Distinct(StringComparer.Ordinal).Take(40));
            return string.Create(CultureInfo.InvariantCulture, $"{backend.Name}: {backend.Kind.Title} at {surroundings.Scrub(backend.Options.Http.Address.ToString().TrimEnd('/'))}, {shown.Count} operations{(tags.Length > 0 ? $" ({tags})" : "")}, {(shown.Exists(static operation => operation.Changes) ? "changes offered" : "read only")}, deleting {(shown.Exists(static operation => operation.Method == "DELETE") ? "offered" : "not offered")}.\n");
        })) + "\n";
    }
}
