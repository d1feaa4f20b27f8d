using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Hypergate.Host.Settings.Files;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class NodeJson : JsonSerializerContext;
