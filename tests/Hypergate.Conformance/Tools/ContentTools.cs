using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hypergate.Conformance.Tools;

/// <summary>Tools that answer with every kind of content, and tools whose schemas are looked at.</summary>
internal static class ContentTools
{
    public static IEnumerable<McpServerTool> All =>
    [
        Fixtures.Tool("test_simple_text", "Answers with a text.", static () => Text("This is a simple text response for testing.")),
        Fixtures.Tool("test_image_content", "Answers with an image.", static () => Result(Image())),
        Fixtures.Tool("test_audio_content", "Answers with a sound.", static () => Result(AudioContentBlock.FromBytes(Media.Wav, "audio/wav"))),
        Fixtures.Tool("test_embedded_resource", "Answers with a resource.", static () =>
            Result(Embedded("test://embedded-resource", "text/plain", "This is an embedded resource content."))),
        Fixtures.Tool("test_multiple_content_types", "Answers with several kinds of content.", static () => Result(
            new TextContentBlock { Text = "Multiple content types test:" },
            Image(),
            Embedded("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""))),
        Fixtures.Tool("test_error_handling", "Always fails.", static () => new CallToolResult
        {
            IsError = true,
            Content = [new TextContentBlock { Text = "This tool intentionally returns an error for testing" }],
        }),
        WithSchema("json_schema_2020_12_tool", "Tool with JSON Schema 2020-12 features", Schemas.EveryKeyword),
        WithSchema("test_marked_parameter", "A parameter that stands in a header as well.", Schemas.MarkedParameter),
    ];

    public static CallToolResult Text(string text) => Result(new TextContentBlock { Text = text });

    private static CallToolResult Result(params IList<ContentBlock> content) => new() { Content = content };

    private static ImageContentBlock Image() => ImageContentBlock.FromBytes(Media.Png, "image/png");

    private static EmbeddedResourceBlock Embedded(string address, string type, string text) =>
        new() { Resource = new TextResourceContents { Uri = address, MimeType = type, Text = text } };

    private static McpServerTool WithSchema(string name, string description, JsonElement schema)
    {
        var tool = Fixtures.Tool(name, description, static () => Text("done"));
        tool.ProtocolTool.InputSchema = schema;
        return tool;
    }
}
