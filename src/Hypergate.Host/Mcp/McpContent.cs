using Hypergate.Governance.Authorization;
using Hypergate.Host.Composition;
using Hypergate.Host.Mcp.Resources;
using Hypergate.Model;
using Hypergate.Tools.Utility;
using Hypergate.Tools;

namespace Hypergate.Host.Mcp;

/// <summary>What there is for one audience.</summary>
internal sealed record McpContent
{
    public required ToolList Tools { get; init; }

    public required ListNews News { get; init; }

    public required IReadOnlyList<PromptDefinition> Prompts { get; init; }

    /// <summary>Texts that can be read beside the backends.</summary>
    public IReadOnlyList<GuideDefinition> Guides { get; init; } = [];

    /// <summary>Reads what is known of the backends at this moment.</summary>
    public required Func<BackendShelf> Shelf { get; init; }

    /// <summary>Reads objects of the platforms.</summary>
    public required Func<ObjectShelf> Objects { get; init; }

    /// <summary>Reads the public documentation; null where the audience has no use for it.</summary>
    public required Func<DocumentationShelf?> Documentation { get; init; }

    /// <summary>What a model is told first.</summary>
    public required string Instructions { get; init; }

    /// <summary>Records that somebody tried to call a tool that is not there for them.</summary>
    public required Func<MissedCall, Task> Missed { get; init; }

    /// <summary>Why tools may be missing; null where none are.</summary>
    public required Func<string?> Gap { get; init; }

    /// <param name="gateway">As it is when it is asked: a served one changes with its settings.</param>
    /// <param name="audience">Whose.</param>
    /// <param name="tools">Those of the audience.</param>
    /// <param name="news">Of what changes in it.</param>
    public static McpContent Of(Func<Gateway> gateway, Audience audience, ToolList tools, ListNews news) => new()
    {
        Tools = tools,
        News = news,
        Prompts = gateway().PromptsFor(audience),
        Guides = gateway().GuidesFor(audience),
        Shelf = () => new BackendShelf(gateway().Parts.Audiences.SurroundingsFor(audience)),
        Objects = () => new ObjectShelf(gateway().Parts.Audiences.InventoryFor(audience)),
        Documentation = () => tools.Find(SearchDocumentationTool.Name) is null ? null : new DocumentationShelf(gateway().Parts.Documentation),
        Instructions = gateway().InstructionsFor(audience),
        Missed = call => gateway().Parts.Missed(call),
        Gap = () => gateway().GapFor(audience),
    };
}
