using System.Text.Json;

namespace Hypergate.Conformance;

/// <summary>Input schemas that the suite compares word by word.</summary>
internal static class Schemas
{
    public static JsonElement EveryKeyword { get; } = JsonElement.Parse("""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": {
            "address": {
              "$anchor": "addressDef",
              "type": "object",
              "properties": { "street": { "type": "string" }, "city": { "type": "string" } }
            }
          },
          "properties": {
            "name": { "type": "string" },
            "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": { "type": "string" },
            "email": { "type": "string" }
          },
          "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
          "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
          "then": { "required": ["phone"] },
          "else": { "required": ["email"] },
          "additionalProperties": false
        }
        """);

    public static JsonElement MarkedParameter { get; } = JsonElement.Parse(
        """{"type":"object","properties":{"place":{"type":"string","x-mcp-header":"Place"}}}""");
}
