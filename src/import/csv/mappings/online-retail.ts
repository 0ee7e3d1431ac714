// The mapping of the Online Retail data set (UCI Machine Learning Repository, CC BY 4.0): invoice rows of a UK online shop.
import type { OrdersMapping } from "../mapping-of-orders.js";

export const onlineRetail: OrdersMapping = {
  columns: {
    customer: "CustomerID",
    order: "InvoiceNo",
    date: "InvoiceDate",
    sku: "StockCode",
    productName: "Description",
    quantity: "Quantity",
    unitPrice: "UnitPrice",
    country: "Country",
  },
  // Spreadsheets have converted the ids to numbers, and written some as 12923.0.
  dropCustomerSuffix: ".0",
  date: { format: "yyyy-MM-dd HH:mm:ss", zone: "Europe/London" },
  currency: "GBP",
  cancelled: { orderPrefix: "C" },
};
