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
            .. result switch
            {
                { Note.Length: 0 } => (TextContentBlock[])[new() { Text = result.Text }],
                { NoteFollows: true } => [new() { Text = result.Text }, new() { Text = result.Note }],
                _ => [new() { Text = result.Note }, new() { Text = result.Text }],
            },
            .. result.Images.Select(static image => ImageContentBlock.FromBytes(image.Data, image.MimeType)),
        ],
        StructuredContent = result.Structured,
        IsError = result.IsError,
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
