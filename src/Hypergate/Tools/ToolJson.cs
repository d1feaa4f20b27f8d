using System.Text.Json.Serialization;

namespace Hypergate.Tools;

/// <summary>Serialisation of the plain values that tools put together.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class ToolJson : JsonSerializerContext;
