using System.Text.Json.Nodes;

namespace Hypergate.Simulator.PxCloud.World;

/// <summary>Reads the objects of the data centre.</summary>
internal static class Objects
{
    extension(JsonObject item)
    {
        /// <summary>The property as text; null where it is absent, null or no text.</summary>
        public string? Text(string name) => item[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

        public long Number(string name) => item[name] is JsonValue value ? value.TryGetValue<long>(out var number) ? number : value.TryGetValue<int>(out var small) ? small : 0 : 0;

        public bool Flag(string name) => item[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

        public JsonArray List(string name) => item[name] as JsonArray ?? [];

        public IEnumerable<string> Texts(string name) => item.List(name).Select(static value => value!.GetValue<string>());

        /// <summary>A copy without what is the simulator's own.</summary>
        public JsonObject Shown()
        {
            var copy = new JsonObject();
            foreach (var (name, value) in item)
            {
                if (!name.StartsWith('_'))
                {
                    copy[name] = value?.DeepClone();
                }
            }

            return copy;
        }
    }

    public static JsonArray Rows(IEnumerable<JsonObject> items) => [.. items.Select(static item => (JsonNode)item.Shown())];

    public static JsonArray Words(params IEnumerable<string> words) => [.. words.Select(static word => (JsonNode)word)];
}
