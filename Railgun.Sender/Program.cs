Console.WriteLine("railgun-sender");
