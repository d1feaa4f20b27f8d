using Hypergate.Tools;
using ModelContextProtocol.Protocol;

namespace Hypergate.Host.Mcp;

/// <summary>Our tools and answers in the protocol's types.</summary>
internal static class ToolProtocol
{
    public static Tool ToProtocol(ToolDefinition tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = tool.InputSchema,
        OutputSchema = tool.OutputSchema,
        Annotations = ToProtocol(tool.Hints),
    };

    public static CallToolResult ToProtocol(ToolResult result) => new()
    {
        Content =
        [
            .. Texts(result).Select(static text => new TextContentBlock { Text = text }),
            .. result.Images.Select(static image => ImageContentBlock.FromBytes(image.Data, image.MimeType)),
        ],
        StructuredContent = result.Structured?.Value,
        IsError = result.IsError,
    };

    /// <summary>The texts of an answer in the order in which they are shown.</summary>
    public static string[] Texts(ToolResult result) => result switch
    {
        { Note.Length: 0 } => [result.Text],
        { NoteFollows: true } => [result.Text, result.Note],
        _ => [result.Note, result.Text],
    };

    // A read-only tool needs no word about destruction and repetition: the protocol gives them no meaning there.
    private static ToolAnnotations ToProtocol(ToolHints hints) => hints.ReadOnly
        ? new ToolAnnotations { ReadOnlyHint = true, OpenWorldHint = hints.OpenWorld }
        : new ToolAnnotations
        {
            ReadOnlyHint = false,
            DestructiveHint = hints.Destructive,
            IdempotentHint = hints.Idempotent,
            OpenWorldHint = hints.OpenWorld,
        };
}
