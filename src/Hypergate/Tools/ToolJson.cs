using System.Text.Json.Serialization;

namespace Hypergate.Tools;

/// <summary>Serialisation of the plain values that tools put together.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
internal sealed partial class ToolJson : JsonSerializerContext;
