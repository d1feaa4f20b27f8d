namespace Hypergate.Inventory.Tables;

/// <summary>What the values of a column are. Numbers of every type compare with each other.</summary>
public enum ColumnType
{
    Text,
    Int,
    Float,
    Bool,

    /// <summary>A whole number of bytes.</summary>
    Bytes,

    /// <summary>0 to 100, one decimal.</summary>
    Percent,

    /// <summary>A moment in UTC.</summary>
    Time,

    /// <summary>Seconds.</summary>
    Duration,

    /// <summary>Texts, in the platform's order.</summary>
    List,
}
